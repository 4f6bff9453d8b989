"""How much of a document is read, and the errors that say why one cannot be used.

Every limit is above what the longest codes of law need, and below what would trouble the machine: a code of 50,000
provisions has some 40 million characters in 400,000 paragraphs, one of 5,000 a tenth of that.
"""

from rogatory.errors import BadInput

MEGABYTE = 1024 * 1024
MAX_BYTES = 96 * MEGABYTE
#: What a compressed document may grow into, in bytes, and how many files it may hold.
MAX_UNPACKED = 160 * MEGABYTE
MAX_MEMBERS = 2000
MAX_PAGES = 5000
MAX_BLOCKS = 600_000
MAX_CHARACTERS = 64_000_000
#: What the process that reads may take: memory in bytes, seconds of work, seconds until it is ended.
MAX_MEMORY = 1536 * MEGABYTE
MAX_WORK_SECONDS = 60
MAX_WAIT_SECONDS = 90


class DocumentTooLarge(BadInput):
    """The document is larger than what is read."""

    code = "document-too-large"
    remedy = "Give the text alone: leave out images and annexes, or give one treaty or law a file."


class DocumentFormat(BadInput):
    """The document is not in a format that is read here."""

    code = "document-format"
    remedy = "Give a PDF with text, a Word file, HTML, Akoma Ntoso, Markdown or text; its name must say which it is."


class DocumentDamaged(BadInput):
    """The document cannot be read to its end."""

    code = "document-damaged"
    remedy = "Get the file again from its source, or save it anew as PDF, .docx, HTML or text."


class DocumentEncrypted(BadInput):
    """The document is locked with a password."""

    code = "document-encrypted"
    remedy = "Save a copy without a password, and give that one."


class NoTextLayer(BadInput):
    """The document holds pictures of pages and no text."""

    code = "no-text-layer"
    remedy = "Give a file whose text can be selected: the publisher's text version, or a copy with recognised text."


class DocumentEmpty(BadInput):
    """The document holds no text."""

    code = "document-empty"
    remedy = "Look whether this is the file that you meant."


class DocumentEncoding(BadInput):
    """The characters of the document cannot be made out."""

    code = "document-encoding"
    remedy = "Save the text as UTF-8, and give that file."


class ReaderStopped(BadInput):
    """Reading the document took more time or memory than it may."""

    code = "document-reader-stopped"
    remedy = "Save it anew as a plainer file, for instance as text, and give that one."


ERRORS: dict[str, type[BadInput]] = {
    one.code: one
    for one in (
        DocumentTooLarge,
        DocumentFormat,
        DocumentDamaged,
        DocumentEncrypted,
        NoTextLayer,
        DocumentEmpty,
        DocumentEncoding,
        ReaderStopped,
    )
}
