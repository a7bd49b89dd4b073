//! Requests to both faces without a socket: `client.get("/api/v1/meetings").json()`.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use cita::app::App;
use serde_json::Value;
use tokio::runtime::Runtime;
use tower::ServiceExt;

/// Sends requests to one service, with the headers that it was told to send.
pub struct Client {
    router: Router,
    runtime: Runtime,
    headers: Vec<(String, String)>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub bytes: Vec<u8>,
}

/// A multipart form.
#[derive(Clone, Default)]
pub struct Form {
    body: Vec<u8>,
}

const BOUNDARY: &str = "cita-test-boundary-7f3a";

impl Client {
    /// Both faces of this service.
    pub fn of(app: &Arc<App>) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        Self { router: cita::server::router(Arc::clone(app)), runtime, headers: Vec::new() }
    }

    /// Sends this header with every request from now on.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sends a GET.
    pub fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, "", Vec::new())
    }

    /// Sends a DELETE.
    pub fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, "", Vec::new())
    }

    /// Sends a POST with a JSON body.
    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::POST, path, "application/json", body.to_string().into_bytes())
    }

    /// Sends a PATCH with a JSON body.
    pub fn patch(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::PATCH, path, "application/json", body.to_string().into_bytes())
    }

    /// Sends a POST with a multipart form.
    pub fn upload(&self, path: &str, form: Form) -> Answer {
        self.send(Method::POST, path, &Form::content_type(), form.finished())
    }

    /// Sends a POST with the body of a plain HTML form: `a=1&b=2`.
    pub fn submit(&self, path: &str, fields: &str) -> Answer {
        self.send(Method::POST, path, "application/x-www-form-urlencoded", fields.as_bytes().to_vec())
    }

    /// Sends an empty request under this `Host`.
    pub fn send_to(&self, host: &str, method: Method, path: &str) -> Answer {
        self.send_with(&[("host", host)], method, path, "", Vec::new())
    }

    /// Sends an empty request as a page of this origin would.
    pub fn send_from(&self, origin: &str, method: Method, path: &str) -> Answer {
        self.send_with(&[("origin", origin), ("sec-fetch-site", "cross-site")], method, path, "", Vec::new())
    }

    /// Sends any request.
    pub fn send(&self, method: Method, path: &str, content_type: &str, body: Vec<u8>) -> Answer {
        self.send_with(&[], method, path, content_type, body)
    }

    fn send_with(
        &self,
        more: &[(&str, &str)],
        method: Method,
        path: &str,
        content_type: &str,
        body: Vec<u8>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if !content_type.is_empty() {
            request = request.header(header::CONTENT_TYPE, content_type);
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        for (name, value) in more {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body)).expect("a request of the test is well formed");
        self.runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.expect("the router always answers");
            let (head, body) = response.into_parts();
            let bytes = to_bytes(body, usize::MAX).await.expect("the body is in memory").to_vec();
            Answer { status: head.status, headers: head.headers, bytes }
        })
    }
}

impl Answer {
    /// The body as text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).expect("the body is UTF-8")
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{error}: {self:?} {}", self.text()))
    }

    /// One header; empty where it is absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("a header of ours is text"))
    }

    /// The same answer, if it has this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", String::from_utf8_lossy(&self.bytes));
        self
    }
}

impl Form {
    /// A form with one file.
    pub fn file(name: &str, bytes: impl AsRef<[u8]>) -> Self {
        Self::default().and_file(name, bytes)
    }

    /// And another file.
    pub fn and_file(mut self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let head = format!("Content-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n");
        self.part(&format!("{head}Content-Type: application/octet-stream\r\n"), bytes.as_ref());
        self
    }

    /// And a field.
    pub fn field(mut self, name: &str, value: &str) -> Self {
        self.part(&format!("Content-Disposition: form-data; name=\"{name}\"\r\n"), value.as_bytes());
        self
    }

    /// The media type to send it with.
    pub fn content_type() -> String {
        format!("multipart/form-data; boundary={BOUNDARY}")
    }

    /// The body to send.
    pub fn finished(mut self) -> Vec<u8> {
        self.body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        self.body
    }

    fn part(&mut self, head: &str, bytes: &[u8]) {
        self.body.extend_from_slice(format!("--{BOUNDARY}\r\n{head}\r\n").as_bytes());
        self.body.extend_from_slice(bytes);
        self.body.extend_from_slice(b"\r\n");
    }
}
