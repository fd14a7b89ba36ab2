"""Files that other programs wrote stay whole when what is private is taken out of them.

Office files, PDFs, pictures, films and sound are made by libraries and ffmpeg, with authors,
places, remarks and attached files in them; a site that links to them is built; what it publishes is
opened by the same libraries, by qpdf, poppler and ffmpeg.

Usage: .venv/bin/python private.py PROGRAM

Prints one line a fault and a last line that counts. Exit 0: none; 1: faults; 2: it could not run.
"""

import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import docx
import openpyxl
import pikepdf
import pptx
from docx.oxml import parse_xml
from odf import dc, office, teletype
from odf.opendocument import OpenDocumentText, load
from odf.text import P
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as SheetImage
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageChops, PngImagePlugin
from reportlab.pdfgen import canvas

MARK = "mark-"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SITE = "format: 1\ntitle: 试\norganisation: 居委会\n"
SOUND = ("mp3", "wav", "flac", "ogg", "opus", "m4a")
FILMS = ("mp4", "mov", "webm", "mkv", "avi")
PICTURES = ("jpg", "png", "webp", "gif")


def pictures(folder):
    picture = Image.effect_mandelbrot((640, 480), (-2, -1.5, 1, 1.5), 60).convert("RGB")
    exif = Image.Exif()
    exif[0x013B] = "mark-artist"
    exif[0x8825] = {1: "N", 2: (39.0, 54.0, 15.0)}
    picture.save(folder / "a.jpg", exif=exif, comment=b"mark-comment", xmp=b"<x>mark-xmp</x>")
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "mark-text")
    words.add_text("Comment", "mark-packed", zip=True)
    words.add_itxt("XML:com.adobe.xmp", "mark-itxt")
    picture.save(folder / "a.png", pnginfo=words, exif=exif)
    picture.save(folder / "a.webp", exif=exif, xmp=b"mark-xmp")
    picture.convert("P").save(folder / "a.gif", comment=b"mark-gif")


def offices(folder):
    photo = str(folder / "a.jpg")
    text = docx.Document()
    text.core_properties.author = "mark-author"
    text.core_properties.last_modified_by = "mark-last"
    paragraph = text.add_paragraph("seen words")
    text.add_picture(photo, width=docx.shared.Cm(5))
    text.add_comment(paragraph.runs, text="mark-comment", author="mark-reader", initials="m")
    changes = (
        f'<w:ins {WORD} w:id="90" w:author="mark-a"><w:r><w:t> seen added</w:t></w:r></w:ins>',
        f'<w:del {WORD} w:id="91" w:author="mark-b"><w:r><w:delText>mark-gone</w:delText></w:r></w:del>',
    )
    for change in changes:
        paragraph._p.append(parse_xml(change))
    text.save(folder / "a.docx")

    book = openpyxl.Workbook()
    book.properties.creator = "mark-creator"
    sheet = book.active
    sheet["A1"], sheet["B1"] = "seen cell", 3.5
    sheet["A1"].comment = Comment("mark-comment", "mark-author")
    sheet.add_image(SheetImage(photo), "D4")
    book.save(folder / "a.xlsx")

    slides = pptx.Presentation()
    slides.core_properties.author = "mark-author"
    slide = slides.slides.add_slide(slides.slide_layouts[0])
    slide.shapes.title.text = "seen title"
    slide.shapes.add_picture(photo, 0, 0)
    slides.save(folder / "a.pptx")

    open_text = OpenDocumentText()
    words = P(text="seen odt")
    remark = office.Annotation()
    remark.addElement(dc.Creator(text="mark-author"))
    remark.addElement(P(text="mark-note"))
    words.addElement(remark)
    open_text.text.addElement(words)
    open_text.meta.addElement(dc.Creator(text="mark-creator"))
    open_text.save(folder / "a.odt")


def pdfs(folder):
    plain = folder.parent / "plain.pdf"
    sheet = canvas.Canvas(str(plain))
    sheet.setAuthor("mark-author")
    sheet.setTitle("mark-title")
    for number in range(3):
        sheet.setFont("Helvetica", 24)
        sheet.drawString(60, 700, f"seen page {number}")
        sheet.drawImage(str(folder / "a.jpg"), 60, 200, 300, 220)
        sheet.bookmarkPage(f"p{number}")
        sheet.addOutlineEntry(f"page {number}", f"p{number}")
        sheet.acroForm.textfield(name=f"f{number}", x=60, y=100, width=200, height=20, value="seen")
        sheet.showPage()
    sheet.save()
    packed = pikepdf.ObjectStreamMode.generate
    ways = {"a": {}, "linear": {"linearize": True}, "packed": {"object_stream_mode": packed}}
    for name, way in ways.items():
        with pikepdf.open(plain) as pdf:
            mark(pdf, (folder / "a.jpg").read_bytes())
            pdf.save(folder / f"{name}.pdf", **way)


def mark(pdf, photo):
    with pdf.open_metadata() as metadata:
        metadata["dc:creator"] = ["mark-xmp"]
    page = pdf.pages[0]
    stream = pikepdf.Stream(pdf, photo)
    stream.Type, stream.Subtype, stream.Filter = Name.XObject, Name.Image, Name.DCTDecode
    stream.Width, stream.Height, stream.BitsPerComponent = 640, 480, 8
    stream.ColorSpace = Name.DeviceRGB
    name = page.add_resource(stream, Name.XObject)
    page.contents_add(f"q 200 0 0 150 350 500 cm {name} Do Q".encode())
    highlight = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Highlight,
        Rect=[60, 700, 200, 720],
        QuadPoints=[60, 720, 200, 720, 60, 700, 200, 700],
        C=[1, 1, 0],
        T=String("mark-reader"),
        Contents=String("mark-said"),
    )
    remark = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Popup,
        Rect=[10, 10, 30, 30],
        Contents=String("mark-remark"),
    )
    marks = [pdf.make_indirect(it) for it in (highlight, remark)]
    page.Annots = Array(list(page.get("/Annots", Array())) + marks)
    file = pikepdf.AttachedFileSpec(pdf, b"mark-attached", filename="list.txt")
    pdf.attachments["list.txt"] = file
    page.PieceInfo = Dictionary(Word=Dictionary(Private=String("mark-piece")))


def sounds_and_films(folder):
    pair = ["-f", "lavfi", "-i", "testsrc=s=320x240:d=1", "-f", "lavfi", "-i", "sine=d=1"]
    keys = ("title", "artist", "comment", "location")
    words = [it for key in keys for it in ("-metadata", f"{key}=mark-{key}")]
    for ending in FILMS:
        ffmpeg(*pair, *words, str(folder / f"a.{ending}"))
    for ending in SOUND:
        ffmpeg("-f", "lavfi", "-i", "sine=d=1", *words, str(folder / f"a.{ending}"))


def ffmpeg(*arguments):
    command = ["ffmpeg", "-y", "-loglevel", "error", "-bitexact", *arguments]
    return subprocess.run(command, check=True, capture_output=True).stdout


def marks(name, content):
    """Returns the marks in a file, unpacked."""
    found = []
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        at = content.find(MARK.encode(encoding))
        if at >= 0:
            found.append(f"{name}: {content[at : at + 40]!r}")
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as pack:
            for part in pack.namelist():
                found += marks(f"{name}/{part}", pack.read(part))
    if content.startswith(b"%PDF"):
        command = ["qpdf", "--qdf", "--object-streams=disable", "/dev/stdin", "-"]
        done = subprocess.run(command, input=content, capture_output=True, check=False)
        if MARK.encode() in done.stdout:
            found.append(f"{name}: within")
    if content.startswith(b"\xff\xd8") and Image.open(io.BytesIO(content)).getexif():
        found.append(f"{name}: Exif")
    return found


def faults(before, after):
    """Compares a file as it was with what is published of it."""
    ending = after.suffix[1:]
    if ending == "pdf":
        check = subprocess.run(["qpdf", "--check", after], capture_output=True, text=True, check=False)
        if check.returncode:
            yield f"qpdf: {check.stdout}{check.stderr}"
        if drawn(before) != drawn(after):
            yield "its pages are others"
        with pikepdf.open(after) as pdf:
            if len(pdf.Root.Outlines) == 0 or len(pdf.Root.AcroForm.Fields) != 3:
                yield "its outline or its fields are gone"
    elif ending in PICTURES:
        one, other = (Image.open(path).convert("RGB") for path in (before, after))
        if ImageChops.difference(one, other).getbbox():
            yield "it is another picture"
    elif ending in FILMS + SOUND:
        one, other = (ffmpeg("-i", str(path), "-f", "md5", "-") for path in (before, after))
        if one != other:
            yield "it plays otherwise"
    else:
        seen = {"docx": of_docx, "xlsx": of_xlsx, "pptx": of_pptx, "odt": of_odt}[ending](after)
        wanted = {
            "docx": ("seen words seen added", 1),
            "xlsx": ("seen cell", 3.5, None, 1),
            "pptx": ("seen title", 3),
            "odt": "seen odt",
        }[ending]
        if seen != wanted:
            yield f"it holds {seen}"


def drawn(path):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", "60", path, f"{folder}/p"], check=True)
        return [page.read_bytes() for page in sorted(Path(folder).iterdir())]


def of_docx(path):
    text = docx.Document(path)
    return text.paragraphs[0].text, len(text.inline_shapes)


def of_xlsx(path):
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return sheet["A1"].value, sheet["B1"].value, sheet["A1"].comment, len(sheet._images)


def of_pptx(path):
    slide = pptx.Presentation(path).slides[0]
    return slide.shapes.title.text, len(slide.shapes)


def of_odt(path):
    return teletype.extractText(load(path).text)


def main(program):
    n_files, n_faults = 0, 0
    with tempfile.TemporaryDirectory() as root:
        files = Path(root) / "content" / "files"
        files.mkdir(parents=True)
        for make in (pictures, offices, pdfs, sounds_and_films):
            make(files)
        (Path(root) / "greenboard.yaml").write_text(SITE, encoding="utf-8")
        (files.parent / "plain.pdf").unlink()
        names = sorted(path.name for path in files.iterdir())
        links = "".join(f"- [{name}](/files/{name})\n" for name in names)
        page = f"---\ntitle: 试\n---\n{links}"
        (files.parent / "_index.md").write_text(page, encoding="utf-8")
        command = [program, "build", "--root", root, "--today", "2026-11-10"]
        built = subprocess.run(command, capture_output=True, text=True, check=False)
        if built.returncode:
            print(built.stdout, built.stderr)
            return 2
        for name in names:
            n_files += 1
            published = Path(root) / "public" / "files" / name
            found = marks(name, published.read_bytes())
            found += [f"{name}: {it}" for it in faults(files / name, published)]
            n_faults += len(found)
            for fault in found:
                print(fault)
    print(f"{n_files} files, {n_faults} faults")
    return 1 if n_faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
