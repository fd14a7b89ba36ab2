#!/usr/bin/env python3
"""Feeds: does a feed reader take them, and do they hold what RFC 4287 (Atom) or the specification of
JSON Feed 1.1 demands?

Usage: feed_check.py FILE.xml...
Prints one line a fault; exit 1 if there is any.
"""

import json
import re
import sys
from urllib.parse import urlsplit

import feedparser
from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def check_json(path):
    """JSON Feed 1.1: https://jsonfeed.org/version/1.1"""
    with open(path, encoding="utf-8") as file:
        try:
            feed = json.load(file)
        except ValueError as error:
            yield 1, f"no JSON: {error}"
            return
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        yield 1, f"not a JSON Feed of 1.1: {feed.get('version')}"
    if not feed.get("title"):
        yield 1, "no title"
    for key in ("home_page_url", "feed_url"):
        if key in feed and not urlsplit(feed[key]).scheme:
            yield 1, f"{key} is no URL: {feed[key]}"
    if not all(author.get("name") for author in feed.get("authors", [])):
        yield 1, "an author without a name"
    items = feed.get("items")
    if not isinstance(items, list):
        yield 1, "no items"
        return
    ids = [item.get("id") for item in items]
    for name in sorted({str(i) for i in ids if ids.count(i) > 1}):
        yield 1, f"two items have the id {name}"
    for item in items:
        name = item.get("id")
        if not isinstance(name, str) or not name:
            yield 1, f"an item's id is no text: {name}"
        if not (item.get("content_html") or item.get("content_text")):
            yield 1, f"{name} has no content"
        for key in ("date_published", "date_modified"):
            if key in item and not DATE.fullmatch(item[key]):
                yield 1, f"{name}: {key} is no RFC 3339 date: {item[key]}"
        for key in ("url", "image"):
            if key in item and not urlsplit(item[key]).scheme:
                yield 1, f"{name}: {key} is no URL: {item[key]}"


def check(path):
    with open(path, "rb") as file:
        raw = file.read()
    parsed = feedparser.parse(raw)
    if parsed.bozo:
        yield 1, f"feedparser: {parsed.bozo_exception}"
    try:
        feed = etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        yield error.lineno, f"not well-formed: {error.msg}"
        return
    if feed.tag != ATOM + "feed":
        yield 1, f"not an Atom feed: {feed.tag}"
        return
    entries = feed.findall(ATOM + "entry")
    for node in [feed, *entries]:
        name, line = etree.QName(node).localname, node.sourceline
        for key in ("id", "title", "updated"):
            found = node.findall(ATOM + key)
            if len(found) != 1:
                yield line, f"{name} has {len(found)} <{key}>, not one"
            elif not "".join(found[0].itertext()).strip():
                yield line, f"{name} has an empty <{key}>"
        for key in ("updated", "published"):
            for found in node.findall(ATOM + key):
                if not DATE.fullmatch((found.text or "").strip()):
                    yield found.sourceline, f"<{key}> is no RFC 3339 date: {found.text}"
        iri = node.findtext(ATOM + "id")
        if iri and not urlsplit(iri).scheme:
            yield line, f"<id> is no full IRI: {iri}"
        seen = set()
        for link in node.findall(ATOM + "link"):
            if not link.get("href"):
                yield link.sourceline, "<link> without href"
            key = (link.get("rel", "alternate"), link.get("type"), link.get("hreflang"))
            if key[0] == "alternate" and key in seen:
                yield link.sourceline, f"{name} has two alternate links of the same type"
            seen.add(key)
        if node is not feed:
            if node.find(ATOM + "author") is None and feed.find(ATOM + "author") is None:
                yield line, "no author, neither here nor in the feed"
            if node.find(ATOM + "content") is None and not any(k[0] == "alternate" for k in seen):
                yield line, "neither content nor an alternate link"
    for author in feed.iter(ATOM + "author"):
        if not (author.findtext(ATOM + "name") or "").strip():
            yield author.sourceline, "<author> without a name"
    if not any(link.get("rel") == "self" for link in feed.findall(ATOM + "link")):
        yield 1, "feed has no <link rel=\"self\">"
    ids = [entry.findtext(ATOM + "id") for entry in entries]
    for iri in sorted({i for i in ids if i and ids.count(i) > 1}):
        yield 1, f"two entries have the id {iri}"
    if len(parsed.entries) != len(entries):
        yield 1, f"feedparser sees {len(parsed.entries)} entries of {len(entries)}"


if len(sys.argv) < 2:
    sys.exit(__doc__)
count = 0
for path in sys.argv[1:]:
    for line, text in (check_json if path.endswith(".json") else check)(path):
        print(f"{path}:{line}: {text}")
        count += 1
print(f"feed: {len(sys.argv) - 1} files, {count} faults")
sys.exit(1 if count else 0)
