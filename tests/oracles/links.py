#!/usr/bin/env python3
"""Links inside a built site, on disk: does each lead to something?

Usage: links.py [--base URL] PUBLIC-FOLDER

Follows the pages from index.html, then looks at those that nothing leads to
(404.html, the short addresses under q/). Looks at href, src, srcset, poster,
data and action in HTML and SVG; url() and @import in CSS; and with --base
(the site's own address) also at addresses that are written in full: canonical
links, social preview pictures, sitemap, feeds. A fault is what is missing on
disk (upper and lower case count), a #fragment without its id, and what works
on a server only: a path from the root, a folder instead of its index.html.

Prints one line a fault; exit 1 if there is any, 2 if it cannot run.
Nothing is fetched. Needs only Python's own library.
"""

import argparse
import os
import re
import sys
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

OUTSIDE = {"http", "https", "mailto", "tel", "sms", "data", "blob", "webcal", "weixin"}
SINGLE = {"href", "xlink:href", "src", "poster", "data", "action", "formaction", "background", "cite", "manifest"}
SETS = {"srcset", "imagesrcset"}
IN_FULL = {"og:url", "og:image", "og:image:url", "og:image:secure_url", "twitter:image"}
CSS_LINK = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"'\s]*))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')""", re.I)
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.S)


def css_links(text):
    text = CSS_COMMENT.sub(lambda m: "\n" * m[0].count("\n"), text)
    for match in CSS_LINK.finditer(text):
        yield text.count("\n", 0, match.start()), next((g for g in match.groups() if g is not None), "")


class Page(HTMLParser):
    """What an HTML or SVG file links to, and the ids in it."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.links = []  # (line, what, address)
        self.ids = set()
        self.base = None
        self.style = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        line = self.getpos()[0]
        given = {name: value or "" for name, value in attributes}
        if "id" in given:
            self.ids.add(given["id"])
        if tag == "a" and given.get("name"):
            self.ids.add(given["name"])
        if tag == "base" and "href" in given:
            self.base = given["href"]
        for name, value in given.items():
            if name in SINGLE and not (tag == "base" and name == "href"):
                if name == "data" and tag != "object":
                    continue
                self.links.append((line, f"<{tag} {name}>", value))
            elif name in SETS:
                for candidate in re.split(r",\s+|,$", value.strip()):
                    if candidate.strip():
                        self.links.append((line, f"<{tag} {name}>", candidate.split()[0]))
            elif name == "style":
                self.links += [(line + n, f"<{tag} style>", link) for n, link in css_links(value)]
        if tag == "meta":
            if (given.get("property") or given.get("name")) in IN_FULL:
                self.links.append((line, f"<meta {given.get('property') or given.get('name')}>", given.get("content", "")))
            if given.get("http-equiv", "").lower() == "refresh" and "=" in given.get("content", ""):
                address = given["content"].split("=", 1)[1].strip().strip("'\"")
                self.links.append((line, "<meta refresh>", address))
        if tag == "style":
            self.style = line

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        self.style = None

    def handle_data(self, data):
        if self.style is not None:
            self.links += [(self.style + n, "<style>", link) for n, link in css_links(data)]

    def handle_endtag(self, tag):
        if tag == "style":
            self.style = None


class Site:
    def __init__(self, root, base):
        self.root = root
        self.base = base
        self.files = {p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file()}
        self.folders = {str(parent) for f in self.files for parent in PurePosixPath(f).parents}
        self.pages = {}
        self.faults = set()
        self.seen = set()
        self.links = 0

    def fault(self, file, line, what, address, why):
        self.faults.add((file, line, f"{what} {address!r}: {why}"))

    def page(self, file):
        if file not in self.pages:
            self.pages[file] = Page((self.root / file).read_text(encoding="utf-8-sig"))
        return self.pages[file]

    def read(self, file):
        """The links of one file: line, what, address, must it be relative."""
        if file.endswith((".html", ".svg")):
            return self.page(file).links
        if file.endswith(".css"):
            text = (self.root / file).read_text(encoding="utf-8-sig")
            return [(1 + n, "url()", link) for n, link in css_links(text)]
        if file.endswith((".xml", ".atom", ".rss")):
            try:
                tree = ElementTree.parse(self.root / file)
            except ElementTree.ParseError as error:
                self.fault(file, error.position[0], "XML", "", f"not well-formed: {error}")
                return []
            links = []
            for element in tree.iter():
                name = element.tag.rsplit("}", 1)[-1]
                if name in ("loc", "icon", "logo") and element.text:
                    links.append((1, f"<{name}>", element.text.strip()))
                links += [(1, f"<{name} {a}>", element.get(a)) for a in ("href", "src") if element.get(a)]
            return links
        return []

    def follow(self, file, line, what, address):
        """The file that an address leads to, or None; notes a fault."""
        self.links += 1
        if address != address.strip() or not address.strip():
            if address.strip() or what.startswith(("<img", "<script", "<link", "<source", "<iframe")):
                self.fault(file, line, what, address, "empty or with spaces around it")
            return None
        try:
            parts = urlsplit(address)
        except ValueError as error:
            self.fault(file, line, what, address, str(error))
            return None
        if self.base and (address + "/").startswith(self.base):
            parts = urlsplit(address[len(self.base):])
            path, written_in_full = parts.path, True
        elif parts.scheme or parts.netloc:
            if parts.scheme and parts.scheme.lower() not in OUTSIDE:
                self.fault(file, line, what, address, f"{parts.scheme}: does not belong in a page")
            return None
        else:
            path, written_in_full = parts.path, False
        if re.search(r"[\\\s]", path):
            self.fault(file, line, what, address, "has a space or a backslash")
            return None
        if path.startswith("/") and not written_in_full:
            # A server shows 404.html at any depth, so there it may be right.
            if file != "404.html":
                self.fault(file, line, what, address, "starts at the root: does not work from a folder or a sub-path")
                return None
            path, written_in_full = path.lstrip("/"), True
        path = unquote(path)
        here = "" if written_in_full else os.path.dirname(file)
        if file.endswith(".html") and not written_in_full and self.page(file).base:
            here = os.path.normpath(os.path.join(here, unquote(self.page(file).base)))
        target = file if not path and not written_in_full else os.path.normpath(os.path.join(here, path))
        if target.startswith(".."):
            self.fault(file, line, what, address, "leads out of the site")
            return None
        if target in self.folders or (path.endswith("/") and target not in self.files):
            index = os.path.normpath(os.path.join(target, "index.html"))
            if index not in self.files:
                self.fault(file, line, what, address, f"no {index}")
                return None
            if not written_in_full:
                self.fault(file, line, what, address, "is a folder: write its index.html, so that it works without a server")
            target = index
        if target not in self.files:
            other = next((f for f in self.files if f.casefold() == target.casefold()), None)
            self.fault(file, line, what, address, f"no {target}" + (f" (there is {other})" if other else ""))
            return None
        fragment = unquote(parts.fragment.split(":~:")[0])
        if fragment and target.endswith((".html", ".svg")):
            ids = self.page(target).ids
            if fragment not in ids and not (fragment == "top" and target.endswith(".html")):
                self.fault(file, line, what, address, f"no id {fragment!r} in {target}")
        return target

    def crawl(self, start):
        queue = [start]
        while queue:
            file = queue.pop()
            if file in self.seen:
                continue
            self.seen.add(file)
            for line, what, address in self.read(file):
                target = self.follow(file, line, what, address)
                if target and target not in self.seen:
                    queue.append(target)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--base", help="the site's own address, as in greenboard.yaml")
    options.add_argument("folder", type=Path)
    given = options.parse_args()
    if not (given.folder / "index.html").is_file():
        print(f"{given.folder}: no index.html", file=sys.stderr)
        return 2
    site = Site(given.folder, given.base.rstrip("/") + "/" if given.base else None)
    site.crawl("index.html")
    reached = len(site.seen)
    pages = {f for f in site.files if f.endswith((".html", ".css", ".svg", ".xml"))}
    alone = sorted(pages - site.seen)
    for file in alone:
        site.crawl(file)
    for file, line, text in sorted(site.faults):
        print(f"{given.folder / file}:{line}: {text}")
    print(f"links: {site.links} links, {reached} files reached from index.html, {len(alone)} others looked at, {len(site.faults)} faults")
    return 1 if site.faults else 0


sys.exit(main())
