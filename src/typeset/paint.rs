//! Colours of a finished PDF, written anew: in inks for a press, in greys for an office's printer.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::brush::{Brush, Paint, STATES};

/// Writes the colours of `document` with `paint`.
///
/// # Errors
/// Where the PDF is not as our own are.
pub(super) fn repaint(document: &mut Document, paint: &impl Paint) -> lopdf::Result<()> {
    let mut states = BTreeMap::new();
    for (id, owner, spaces) in painted(document)? {
        let stream = document.get_object_mut(id)?.as_stream_mut()?;
        let mut content = Content::decode(&stream.get_plain_content()?)?;
        let brush = Brush::new(paint, &spaces);
        let (operations, overprints) = brush.rewritten(content.operations);
        content.operations = operations;
        if overprints && !name_states(document, owner, &mut states)? {
            continue;
        }
        let stream = document.get_object_mut(id)?.as_stream_mut()?;
        stream.set_plain_content(content.encode()?);
        stream.compress()?;
    }
    blend_in(document, paint.space());
    Ok(())
}

/// Names the states in the resources of `owner`, a page or a form; `false` where it has none of its own.
fn name_states(
    document: &mut Document,
    owner: ObjectId,
    states: &mut BTreeMap<&'static str, ObjectId>,
) -> lopdf::Result<bool> {
    for (name, over) in STATES {
        states.entry(name).or_insert_with(|| {
            document.add_object(dictionary! {
                "Type" => "ExtGState", "OP" => over, "op" => over, "OPM" => 1,
            })
        });
    }
    let Some(resources) = entry(document, owner, b"Resources", false)? else {
        return Ok(false);
    };
    let Some(known) = entry(document, resources, b"ExtGState", true)? else {
        return Ok(false);
    };
    let known = document.get_object_mut(known)?.as_dict_mut()?;
    for (name, id) in states {
        known.set(*name, *id);
    }
    Ok(true)
}

/// Makes the dictionary under `key` of `owner` an object of its own, a new one where there is `none` yet.
fn entry(
    document: &mut Document,
    owner: ObjectId,
    key: &[u8],
    none: bool,
) -> lopdf::Result<Option<ObjectId>> {
    let dictionary = match document.get_object(owner)? {
        Object::Stream(stream) => &stream.dict,
        object => object.as_dict()?,
    };
    let made = match dictionary.get(key) {
        Ok(Object::Reference(id)) => return Ok(Some(*id)),
        Ok(Object::Dictionary(direct)) => direct.clone(),
        _ if none => Dictionary::new(),
        _ => return Ok(None),
    };
    let id = document.add_object(made);
    let owner = match document.get_object_mut(owner)? {
        Object::Stream(stream) => &mut stream.dict,
        object => object.as_dict_mut()?,
    };
    owner.set(key.to_vec(), id);
    Ok(Some(id))
}

/// A stream that paints, whose resources it uses, and its names of RGB and grey spaces.
type Painted = (ObjectId, ObjectId, BTreeSet<Vec<u8>>);

/// Finds the streams that paint in `document`. Masks are left out: their greys are no colours.
fn painted(document: &Document) -> lopdf::Result<Vec<Painted>> {
    let mut found = Vec::new();
    for page in document.get_pages().into_values() {
        let page_dictionary = document.get_dictionary(page)?;
        let spaces = spaces(document, page_dictionary);
        for content in document.get_page_contents(page) {
            found.push((content, page, spaces.clone()));
        }
    }
    let masks: BTreeSet<ObjectId> = document.objects.values().filter_map(mask).collect();
    for (id, object) in &document.objects {
        let Object::Stream(stream) = object else {
            continue;
        };
        let is_form = matches!(
            stream.dict.get(b"Subtype").and_then(Object::as_name),
            Ok(b"Form")
        );
        let is_tiling = matches!(
            stream.dict.get(b"PatternType").and_then(Object::as_i64),
            Ok(1)
        );
        if (is_form || is_tiling) && !masks.contains(id) {
            found.push((*id, *id, spaces(document, &stream.dict)));
        }
    }
    Ok(found)
}

/// Makes the groups of `document` blend in `space`: in one of RGB, black ink alone would come out as a
/// mixture of all four. The groups of masks keep theirs, as their greys are no colours.
fn blend_in(document: &mut Document, space: &'static str) {
    let masks: BTreeSet<ObjectId> = document.objects.values().filter_map(mask).collect();
    for (id, object) in &mut document.objects {
        let dictionary = match object {
            Object::Stream(stream) => &mut stream.dict,
            Object::Dictionary(dictionary) => dictionary,
            _ => continue,
        };
        let group = dictionary.get_mut(b"Group").and_then(Object::as_dict_mut);
        if let Ok(group) = group
            && group.has(b"CS")
            && !masks.contains(id)
        {
            group.set("CS", space);
        }
    }
}

/// The form that a graphics state masks with.
fn mask(object: &Object) -> Option<ObjectId> {
    let mask = object.as_dict().ok()?.get(b"SMask").ok()?;
    mask.as_dict().ok()?.get(b"G").ok()?.as_reference().ok()
}

/// The names of spaces of three channels or one in the resources of `owner`.
fn spaces(document: &Document, owner: &Dictionary) -> BTreeSet<Vec<u8>> {
    let below = |dictionary: &Dictionary, key: &[u8]| {
        let object = dictionary.get(key).ok()?;
        let (_, object) = document.dereference(object).ok()?;
        object.as_dict().ok().cloned()
    };
    let named = below(owner, b"Resources").and_then(|it| below(&it, b"ColorSpace"));
    let named = named.unwrap_or_default();
    let ours = named
        .iter()
        .filter(|(_, space)| matches!(channels(document, space), Some(1 | 3)));
    ours.map(|(name, _)| name.clone()).collect()
}

/// How many channels a space of light has: a profile's, RGB's or that of greys.
pub(super) fn channels(document: &Document, space: &Object) -> Option<i64> {
    let (_, space) = document.dereference(space).ok()?;
    match space.as_name() {
        Ok(b"DeviceRGB") => return Some(3),
        Ok(b"DeviceGray") => return Some(1),
        _ => {}
    }
    let [kind, profile, ..] = space.as_array().ok()?.as_slice() else {
        return None;
    };
    (kind.as_name().ok()? == b"ICCBased").then_some(())?;
    let (_, profile) = document.dereference(profile).ok()?;
    profile.as_stream().ok()?.dict.get(b"N").ok()?.as_i64().ok()
}

#[cfg(test)]
mod tests {
    use lopdf::Stream;

    use super::*;

    #[test]
    fn groups_blend_in_inks_and_masks_as_they_did() {
        let form = || {
            let group = lopdf::dictionary! { "S" => "Transparency", "CS" => "DeviceRGB" };
            Stream::new(lopdf::dictionary! { "Group" => group }, Vec::new())
        };
        let mut document = Document::new();
        let (plain, masking) = (document.add_object(form()), document.add_object(form()));
        let state = lopdf::dictionary! { "SMask" => lopdf::dictionary! { "G" => masking } };
        document.add_object(state);
        blend_in(&mut document, "DeviceCMYK");
        let space = |id| {
            let form = document.get_object(id).and_then(Object::as_stream);
            let group = form.and_then(|form| form.dict.get(b"Group"));
            let group = group.and_then(Object::as_dict).expect("it has one");
            let space = group.get(b"CS").and_then(Object::as_name);
            space.expect("it has one").to_vec()
        };
        assert_eq!(space(plain), b"DeviceCMYK");
        assert_eq!(space(masking), b"DeviceRGB");
    }
}
