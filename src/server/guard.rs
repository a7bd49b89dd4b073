//! Only this machine's own names: a page of another site that points its name at 127.0.0.1 gets nothing.

use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Refuses requests whose `Host` is not a name or an address of this machine (DNS rebinding).
pub async fn only_local_names(request: Request, next: Next) -> Response {
    let named = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let host = named.or_else(|| request.uri().host()).unwrap_or("localhost");
    if is_local(host) {
        return next.run(request).await;
    }
    (StatusCode::FORBIDDEN, "cita answers to localhost, 127.0.0.1 and [::1] only\n").into_response()
}

/// Is it `localhost`, a loopback address, or one of them with a port?
fn is_local(host: &str) -> bool {
    let bare = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    bare.eq_ignore_ascii_case("localhost")
        || bare.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::is_local;

    #[test]
    fn this_machine_is_local_and_nothing_else() {
        for host in ["localhost", "LOCALHOST:7475", "127.0.0.1:80", "127.8.8.8", "[::1]:7475", "[::1]"] {
            assert!(is_local(host), "{host}");
        }
        for host in ["example.com", "localhost.example.com", "10.0.0.1:7475", "[2001:db8::1]:7475", "", "0.0.0.0"] {
            assert!(!is_local(host), "{host}");
        }
    }
}
