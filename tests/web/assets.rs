//! Style sheets and scripts: right type, kept for ever under their hash, asked for again without it.

use super::{every_page, two_meetings};

#[test]
fn every_asset_that_a_page_names_is_served_and_kept() {
    let app = two_meetings();
    let client = app.client();
    let mut seen = std::collections::BTreeSet::new();
    for path in every_page(&app) {
        let page = client.get(&path);
        let links =
            page.text().split("\"/assets/").skip(1).filter_map(|rest| rest.split('"').next().map(str::to_owned));
        seen.extend(links);
    }
    assert!(seen.len() >= 7, "{seen:?}");
    for link in seen {
        let address = format!("/assets/{link}");
        let asset = client.get(&address).expect(200);
        let kind = match link.split('?').next().and_then(|name| name.rsplit('.').next()) {
            Some("css") => "text/css; charset=utf-8",
            Some("js") => "text/javascript; charset=utf-8",
            _ => "image/svg+xml",
        };
        assert_eq!(asset.header("content-type"), kind, "{link}");
        assert_eq!(asset.header("cache-control"), "public, max-age=31536000, immutable", "{link}");
        let bare = client.get(address.split('?').next().unwrap_or_default()).expect(200);
        assert_eq!(bare.header("cache-control"), "no-cache");
        app.client().with("if-none-match", bare.header("etag")).get(&address).expect(304);
    }
    client.get("/assets/../mod.rs").expect(404);
    client.get("/assets/nothing.css").expect(404);
}

#[test]
fn style_sheets_ask_nobody_else_for_anything() {
    for entry in std::fs::read_dir("src/web/assets").expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        let text = std::fs::read_to_string(&path).expect("an asset is text");
        let asks = ["http:", "https:", "//cdn", "@import", "url("];
        let foreign: Vec<&str> =
            asks.into_iter().filter(|ask| text.replace("http://www.w3.org/2000/svg", "").contains(ask)).collect();
        assert!(foreign.is_empty(), "{}: {foreign:?}", path.display());
    }
}
