//! What a PDF may cost, looked at before the library that reads it does: streams that unpack to far more than they take,
//! forms that draw themselves, page trees that go round.

use std::collections::HashMap;
use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};
use pdf_extract::{Dictionary, Document, Object, ObjectId, Stream};

use super::limits;

/// The file costs more than it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bomb;

/// How deep pages lie in their tree, and forms in one another.
const MAX_DEPTH: usize = 64;

/// Looks at the streams that are unpacked while the file is opened, before it is.
///
/// # Errors
/// They unpack to more than the limits.
pub fn check_bytes(bytes: &[u8]) -> Result<(), Bomb> {
    let mut budget = limits::MAX_UNPACKED_BYTES;
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        if bytes[..at].ends_with(b"end") {
            continue;
        }
        let head = &bytes[at.saturating_sub(1024)..at];
        let head = memchr::memmem::rfind(head, b" obj").map_or(head, |start| &head[start..]);
        let has = |word: &[u8]| memchr::memmem::find(head, word).is_some();
        // Pictures are never unpacked; a name may hide behind an escape.
        if has(b"/Image") && !has(b"ObjStm") && !has(b"XRef") && !has(b"#") {
            continue;
        }
        let content = bytes[at + 6..].strip_prefix(b"\r").unwrap_or(&bytes[at + 6..]);
        let content = content.strip_prefix(b"\n").unwrap_or(content);
        if has(b"LZW") || head.windows(5).filter(|name| name == b"Flate").count() > 1 {
            // Packed twice, or with a method that no program has written for decades.
            return Err(Bomb);
        }
        unpacked(content, &mut budget)?;
    }
    Ok(())
}

/// Takes out of an open file what must not be drawn (pictures, forms that draw themselves), and adds up what drawing the
/// rest costs.
///
/// # Errors
/// It is over the limits, or its tree of pages goes round.
pub fn check_document(document: &mut Document) -> Result<(), Bomb> {
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    if pages.len() > limits::MAX_PAGES || document.objects.len() > limits::MAX_PDF_OBJECTS {
        return Err(Bomb);
    }
    drop_pictures(document);
    let mut costs = Costs {
        document,
        known: HashMap::new(),
        sizes: HashMap::new(),
        silent: Vec::new(),
        budget: limits::MAX_UNPACKED_BYTES,
    };
    let mut total = 0_u64;
    for page in pages {
        total = total.saturating_add(costs.page(page)?);
        if total > limits::MAX_PDF_DRAWN_BYTES {
            return Err(Bomb);
        }
    }
    let silent = costs.silent;
    for form in silent {
        if let Ok(stream) = document.get_object_mut(form).and_then(Object::as_stream_mut) {
            silence(stream);
        }
    }
    Ok(())
}

fn drop_pictures(document: &mut Document) {
    for object in document.objects.values_mut() {
        if let Ok(stream) = object.as_stream_mut()
            && stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name != b"Form")
            && stream.dict.get(b"Width").is_ok()
        {
            silence(stream);
        }
    }
}

fn silence(stream: &mut Stream) {
    stream.dict.remove(b"Filter");
    stream.dict.remove(b"DecodeParms");
    stream.set_content(Vec::new());
}

/// What a form costs to draw.
#[derive(Clone, Copy)]
enum Cost {
    /// It is being added up: whoever meets it now has gone round.
    Open,
    Known(u64),
}

struct Costs<'a> {
    document: &'a Document,
    known: HashMap<ObjectId, Cost>,
    /// What streams unpack to; each is unpacked once.
    sizes: HashMap<ObjectId, u64>,
    /// Forms that must not be drawn.
    silent: Vec<ObjectId>,
    budget: u64,
}

impl<'a> Costs<'a> {
    fn page(&mut self, page: ObjectId) -> Result<u64, Bomb> {
        let document: &'a Document = self.document;
        let mut cost = 0_u64;
        for content in document.get_page_contents(page) {
            cost = cost.saturating_add(self.stream(content)?);
        }
        let mut node = document.get_dictionary(page).map_err(|_| Bomb)?;
        for _ in 0..MAX_DEPTH {
            if let Some(resources) = dictionary(document, node, b"Resources") {
                cost = cost.saturating_add(self.resources(resources, 0)?);
            }
            let parent = node.get(b"Parent").and_then(Object::as_reference);
            match parent.and_then(|parent| document.get_dictionary(parent)) {
                Ok(parent) => node = parent,
                Err(_) => return Ok(cost),
            }
        }
        Err(Bomb)
    }

    /// What everything in these resources costs, were each drawn once.
    fn resources(&mut self, resources: &'a Dictionary, depth: usize) -> Result<u64, Bomb> {
        let document: &'a Document = self.document;
        let mut cost = 0_u64;
        if let Some(fonts) = dictionary(document, resources, b"Font") {
            for (_, font) in fonts {
                let Ok((_, Object::Dictionary(font))) = document.dereference(font) else { continue };
                for key in [&b"ToUnicode"[..], b"Encoding"] {
                    if let Ok(id) = font.get(key).and_then(Object::as_reference) {
                        cost = cost.saturating_add(self.stream(id)?);
                    }
                }
            }
        }
        if let Some(forms) = dictionary(document, resources, b"XObject") {
            for (_, form) in forms {
                if let Ok(id) = form.as_reference() {
                    cost = cost.saturating_add(self.form(id, depth)?);
                }
            }
        }
        Ok(cost)
    }

    fn form(&mut self, id: ObjectId, depth: usize) -> Result<u64, Bomb> {
        match self.known.get(&id) {
            Some(Cost::Known(cost)) => return Ok(*cost),
            Some(Cost::Open) => {
                self.silent.push(id);
                return Ok(0);
            }
            None => {}
        }
        let document: &'a Document = self.document;
        let Ok(stream) = document.get_object(id).and_then(Object::as_stream) else { return Ok(0) };
        if depth > MAX_DEPTH {
            return Err(Bomb);
        }
        self.known.insert(id, Cost::Open);
        let own = self.stream(id)?;
        let content = if own == 0 { Vec::new() } else { stream.decompressed_content().unwrap_or_default() };
        let draws = memchr::memmem::find_iter(&content, b"Do").count() as u64;
        let inner = match dictionary(document, &stream.dict, b"Resources") {
            Some(resources) => self.resources(resources, depth + 1)?,
            None if draws > 0 => {
                // It draws with the resources of whoever draws it, perhaps itself.
                self.silent.push(id);
                0
            }
            None => 0,
        };
        let cost = own.saturating_add(inner.saturating_mul(draws.max(1)));
        self.known.insert(id, Cost::Known(cost));
        Ok(cost)
    }

    /// How many bytes a stream unpacks to.
    fn stream(&mut self, id: ObjectId) -> Result<u64, Bomb> {
        if let Some(size) = self.sizes.get(&id) {
            return Ok(*size);
        }
        let size = self.unpack(id)?;
        self.sizes.insert(id, size);
        Ok(size)
    }

    fn unpack(&mut self, id: ObjectId) -> Result<u64, Bomb> {
        let Ok(stream) = self.document.get_object(id).and_then(Object::as_stream) else { return Ok(0) };
        let filters = stream.filters().unwrap_or_default();
        let packed =
            filters.iter().filter(|name| matches!(**name, b"FlateDecode" | b"LZWDecode" | b"Fl" | b"LZW")).count();
        if packed > 1 || filters.contains(&&b"LZWDecode"[..]) || filters.len() > 3 {
            return Err(Bomb);
        }
        if packed == 0 || filters.first().is_some_and(|name| *name != b"FlateDecode") {
            // What is spelled out in letters first grows by less than the whole file holds.
            let longest = stream.content.len() as u64;
            return if packed == 0 { Ok(longest) } else { Ok(longest.saturating_mul(limits::MAX_RATIO)) };
        }
        unpacked(&stream.content, &mut self.budget)
    }
}

/// The dictionary under a key, behind a reference or not.
fn dictionary<'d>(document: &'d Document, from: &'d Dictionary, key: &[u8]) -> Option<&'d Dictionary> {
    let value = from.get(key).ok()?;
    document.dereference(value).ok().and_then(|(_, value)| value.as_dict().ok())
}

/// How many bytes packed data gives, taken from the budget.
fn unpacked(packed: &[u8], budget: &mut u64) -> Result<u64, Bomb> {
    let through = drain(ZlibDecoder::new(packed), |decoder| decoder.total_in(), budget)?;
    if through > 0 || packed.len() <= 2 {
        return Ok(through);
    }
    drain(DeflateDecoder::new(&packed[2..]), |decoder| decoder.total_in(), budget)
}

fn drain<R: Read>(mut decoder: R, taken: impl Fn(&R) -> u64, budget: &mut u64) -> Result<u64, Bomb> {
    let mut chunk = vec![0_u8; 32 * 1024];
    let mut total = 0_u64;
    while let Ok(read) = decoder.read(&mut chunk)
        && read > 0
    {
        total += read as u64;
        *budget = budget.checked_sub(read as u64).ok_or(Bomb)?;
        if total > limits::RATIO_FROM_BYTES && total / taken(&decoder).max(1) > limits::MAX_RATIO {
            return Err(Bomb);
        }
    }
    Ok(total)
}
