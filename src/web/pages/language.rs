//! `/language`: a person chooses the language of the pages.

use axum::Form;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::model::UiLanguage;
use crate::web::local_path::LocalPath;
use crate::web::visitor::LANGUAGE_COOKIE;

#[derive(Deserialize)]
pub(in crate::web) struct LanguageForm {
    language: UiLanguage,
    next: LocalPath,
}

/// `POST /language`
pub(in crate::web) async fn choose(Form(form): Form<LanguageForm>) -> Response {
    let code = form.language.code();
    let cookie = format!("{LANGUAGE_COOKIE}={code}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly");
    ([(header::SET_COOKIE, cookie)], form.next.see_other()).into_response()
}
