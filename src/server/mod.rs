//! Joins the faces into one router with its middleware; listens; stops cleanly.

mod guard;

use std::future::IntoFuture;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::{HeaderName, HeaderValue, Request, StatusCode, header};
use axum::middleware;
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, RequestId, SetRequestIdLayer};
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use crate::app::App;
use crate::model::{Problem, ProblemClass};
use crate::{api, web};

/// Nothing from elsewhere, nothing inline, no frames.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Both faces in one router, with everything that stands around them.
pub fn router(app: Arc<App>) -> Router {
    let seconds = app.settings().request_seconds;
    let request_id = HeaderName::from_static("x-request-id");
    Router::new()
        .merge(api::router(Arc::clone(&app)))
        .merge(web::router(app))
        .layer(CsrfLayer::new())
        .layer(middleware::from_fn(guard::only_local_names))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, Duration::from_secs(seconds)))
        .layer(CatchPanicLayer::new())
        .layer(CompressionLayer::new())
        .layer(fixed(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY))
        .layer(fixed(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(fixed(header::REFERRER_POLICY, "same-origin"))
        .layer(fixed(HeaderName::from_static("cross-origin-opener-policy"), "same-origin"))
        .layer(fixed(HeaderName::from_static("cross-origin-resource-policy"), "same-origin"))
        .layer(SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, HeaderValue::from_static("no-store")))
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .layer(PropagateRequestIdLayer::new(request_id.clone()))
        .layer(SetRequestIdLayer::new(request_id, MakeRequestUuid))
}

/// Refuses to listen beyond this machine: there are no accounts, so whoever reaches the port may read everything.
///
/// # Errors
/// `listen_refused` for an address that is not loopback.
pub fn check_listen(address: SocketAddr) -> Result<(), Problem> {
    if address.ip().is_loopback() {
        return Ok(());
    }
    Err(Problem::new(
        "listen_refused",
        ProblemClass::Forbidden,
        format!("No se escucha en {address}: sin cuentas configuradas, cualquiera en la red leería a sus clientes."),
        format!(
            "cita does not listen on {address}: without accounts, anybody on the network could read your customers."
        ),
    )
    .hint(
        "Use 127.0.0.1 y llegue desde otra máquina por un túnel SSH (ssh -L 7475:127.0.0.1:7475 HOST).",
        "Use 127.0.0.1 and reach it from another machine through an SSH tunnel (ssh -L 7475:127.0.0.1:7475 HOST).",
    ))
}

/// Binds to the address of the settings.
///
/// # Errors
/// `listen_refused`; `listen_failed` where the port is taken or not allowed.
pub async fn bind(address: SocketAddr) -> Result<TcpListener, Problem> {
    check_listen(address)?;
    TcpListener::bind(address).await.map_err(|error| {
        Problem::new(
            "listen_failed",
            ProblemClass::Unavailable,
            format!("No se puede escuchar en {address}: {error}"),
            format!("cita cannot listen on {address}: {error}"),
        )
        .hint(
            "Quizás otra copia ya está en marcha; elija otro puerto con --listen 127.0.0.1:7476.",
            "Perhaps another copy is running; choose another port with --listen 127.0.0.1:7476.",
        )
    })
}

/// How long requests under way may still take after the disk has failed.
const FAREWELL: Duration = Duration::from_secs(3);

/// Serves until Ctrl-C or SIGTERM; requests under way are finished first. Where the disk fails to confirm a change, it
/// stops by itself: nothing more could be acknowledged.
///
/// # Errors
/// `serve_failed` where the listener failed; `storage_failed`.
pub async fn serve(app: Arc<App>, listener: TcpListener) -> Result<(), Problem> {
    let watched = Arc::clone(&app);
    let stop = async move {
        tokio::select! {
            () = stop_signal() => {}
            _ = watched.storage_failure() => {}
        }
    };
    let late = async {
        app.storage_failure().await;
        tokio::time::sleep(FAREWELL).await;
    };
    let served = tokio::select! {
        served = axum::serve(listener, router(Arc::clone(&app))).with_graceful_shutdown(stop).into_future() => served,
        () = late => Ok(()),
    };
    if let Some(problem) = app.storage_failed() {
        return Err(problem);
    }
    served.map_err(|error| {
        Problem::new(
            "serve_failed",
            ProblemClass::Internal,
            format!("El servidor se detuvo: {error}"),
            format!("The server stopped: {error}"),
        )
    })
}

async fn stop_signal() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}

fn fixed(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}

/// What a log line says of a request: method and path, never the query (it may hold a customer's words).
fn span<B>(request: &Request<B>) -> tracing::Span {
    let id = request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok()).unwrap_or_default();
    tracing::info_span!("request", method = %request.method(), path = request.uri().path(), id)
}
