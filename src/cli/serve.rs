//! `cita serve`

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use crate::app::{App, RealWorld};
use crate::model::{Problem, ProblemClass};
use crate::server;

use super::output::{print, say};
use super::{OK, Places, watch};

/// Where to listen.
#[derive(Args)]
pub struct ServeArgs {
    /// Address and port [default: 127.0.0.1:7475]
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub listen: Option<String>,
    /// Import whatever is put into this folder; a sub-folder is called after its customer
    #[arg(long, value_name = "DIR")]
    pub watch: Option<PathBuf>,
}

/// Serves until Ctrl-C or SIGTERM.
pub fn run(places: &Places, args: &ServeArgs) -> Result<u8, Problem> {
    let settings = places.settings_with(args.listen.as_deref(), args.watch.as_deref())?;
    server::check_listen(settings.listen)?;
    serve(&App::open(settings, Box::new(RealWorld))?)
}

/// Serves this app; says where as soon as it listens.
pub fn serve(app: &Arc<App>) -> Result<u8, Problem> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Problem::new("internal", ProblemClass::Internal, error.to_string(), error.to_string()))?;
    runtime.block_on(async {
        let listener = server::bind(app.settings().listen).await?;
        if let Some(folder) = app.settings().watch.clone() {
            watch::beside(Arc::clone(app), folder)?;
        }
        let address = listener.local_addr().unwrap_or(app.settings().listen);
        print(&say(
            &format!("cita escucha en http://{address} (Ctrl-C para terminar)"),
            &format!("cita listens on http://{address} (Ctrl-C to stop)"),
        ));
        server::serve(Arc::clone(app), listener).await
    })?;
    Ok(OK)
}
