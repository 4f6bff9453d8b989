"""XML from outside, read without document types, entities or the network."""

import re

from lxml import etree

from rogatory.documents.limits import DocumentDamaged, DocumentFormat

_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def parsed(data: bytes, *, what: str) -> etree._Element:
    """The root of an XML text; raises `DocumentFormat` for a document type, `DocumentDamaged` for what is not XML."""
    if _DOCTYPE.search(data.replace(b"\x00", b"")):
        raise DocumentFormat(f"{what} declares a document type, which no such file needs")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DocumentDamaged(f"{what} is not well formed: {error}") from error
