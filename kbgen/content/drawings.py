"""Drawings (SVG), parsed and written out anew from a list of elements and attributes that only draw.

One that could run or load something is refused. Text in hidden layers goes; hiding by a class of a style sheet is not followed, and names
of ids and classes stay.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from xml.parsers import expat
from xml.sax.saxutils import escape

from kbgen.content.pictures import clean_picture

MAX_DEPTH = 100
"""How deep the elements of an SVG may be nested."""
MAX_ELEMENTS = 100_000
"""How many elements an SVG may have."""

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_XHTML = "http://www.w3.org/1999/xhtml"
_ELEMENTS = frozenset(
    """svg g defs symbol use switch title style path rect circle ellipse line polyline polygon text tspan textPath image linearGradient
    radialGradient stop clipPath mask pattern marker filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix
    feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge
    feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence""".split()
)
_SILENT = frozenset({"desc", "metadata"})
_TEXTUAL = frozenset({"title", "text", "tspan", "textPath", "style"})
_REFERRING = frozenset({"use", "textPath", "linearGradient", "radialGradient", "pattern", "filter"})
# Their values are names, not styles: brackets in them mean nothing.
_NAMES = frozenset({"id", "class", "role", "aria-labelledby", "lang", "systemLanguage", "type", "media"})
_ATTRIBUTES = _NAMES | frozenset(
    """version viewBox preserveAspectRatio width height x y x1 y1 x2 y2 cx cy r rx ry fx fy fr dx dy d points pathLength transform
    rotate textLength lengthAdjust startOffset method spacing side offset gradientUnits gradientTransform spreadMethod patternUnits
    patternContentUnits patternTransform clipPathUnits maskUnits maskContentUnits mask-type markerUnits markerWidth markerHeight refX refY
    orient filterUnits primitiveUnits in in2 result mode values operator k1 k2 k3 k4 order kernelMatrix divisor bias targetX targetY
    edgeMode preserveAlpha surfaceScale diffuseConstant specularConstant specularExponent kernelUnitLength scale xChannelSelector
    yChannelSelector azimuth elevation stdDeviation radius baseFrequency numOctaves seed stitchTiles tableValues slope intercept amplitude
    exponent z pointsAtX pointsAtY pointsAtZ limitingConeAngle requiredFeatures style fill fill-opacity fill-rule stroke stroke-dasharray
    stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width color color-interpolation
    color-interpolation-filters color-rendering opacity display visibility overflow clip clip-path clip-rule mask filter flood-color
    flood-opacity lighting-color stop-color stop-opacity marker-start marker-mid marker-end paint-order vector-effect shape-rendering
    text-rendering image-rendering enable-background isolation mix-blend-mode transform-origin transform-box font font-family font-size
    font-size-adjust font-stretch font-style font-variant font-weight letter-spacing word-spacing kerning text-anchor text-decoration
    dominant-baseline alignment-baseline baseline-shift direction unicode-bidi writing-mode glyph-orientation-vertical white-space
    """.split()
)
_FUNCTIONS = frozenset(
    """rgb rgba hsl hsla hwb lab lch oklab oklch color calc min max clamp var matrix translate translatex translatey scale scalex scaley
    rotate skew skewx skewy blur brightness contrast drop-shadow grayscale hue-rotate invert opacity saturate sepia not is where nth-child
    nth-of-type cubic-bezier rect inset circle ellipse polygon path""".split()
)
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CSS_CALL = re.compile(r"([^\s(),:;{}]*)\((\s*[\"']?#)?")
_CSS_RULE = re.compile(r"@([\w-]*)")
_HIDDEN = re.compile(r"(?:^|;)\s*display\s*:\s*none\b", re.IGNORECASE)
_DATA_PICTURE = re.compile(r"data:image/(png|jpe?g);base64,([A-Za-z0-9+/=\s]+)")


class _RefusedError(Exception):
    """Raised by the drawing's reader; never leaves this module. Its text is the sentence."""


def clean_drawing(data: bytes) -> bytes | str:
    """An SVG file that can do nothing but draw, or one sentence saying why it cannot be shipped."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return "is an SVG that is no UTF-8"
    drawing = _Drawing()
    # Bytes in a stated encoding: else the file's declaration would decide what the reader takes them for.
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    parser.ordered_attributes = True
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = drawing.start, drawing.end
    parser.CharacterDataHandler = drawing.text
    parser.StartDoctypeDeclHandler = drawing.doctype
    parser.EntityDeclHandler = parser.SkippedEntityHandler = drawing.entity
    parser.ProcessingInstructionHandler = drawing.instruction
    try:
        parser.Parse(text.removeprefix("\ufeff").encode("utf-8"), True)
    except _RefusedError as refused:
        return str(refused)
    except expat.ExpatError as error:
        return f"is no well-formed SVG (line {error.lineno}: {expat.ErrorString(error.code)})"
    return drawing.written().encode("utf-8")


class _Drawing:
    """Writes out anew what the parser tells of, as far as it draws."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.path: list[tuple[str, bool]] = []  # the open elements: name, and whether what is in them is hidden
        self.skipped = 0  # depth inside an element that is left out
        self.count = 0
        self.unclosed = False  # whether the last start tag still lacks its '>'
        self.sheet: list[str] = []

    def written(self) -> str:
        return "".join(self.out)

    def doctype(self, _name: str, _system: str | None, _public: str | None, has_subset: int) -> None:
        if has_subset:
            raise _RefusedError("is no plain SVG drawing: it has declarations of its own in <!DOCTYPE>")

    def entity(self, *_declaration: object) -> None:
        raise _RefusedError("is no plain SVG drawing: it has entities of its own")

    def instruction(self, target: str, _data: str) -> None:
        raise _RefusedError(_active(f"<?{target}"))

    def start(self, name: str, attributes: list[str]) -> None:
        self.count += 1
        if self.count > MAX_ELEMENTS or len(self.path) + self.skipped >= MAX_DEPTH:
            raise _RefusedError(f"is an SVG with more than {MAX_ELEMENTS:,} elements, or nested deeper than {MAX_DEPTH}")
        namespace, _, local = name.rpartition(" ")
        if not self.path and (namespace, local) != (_SVG, "svg"):
            raise _RefusedError("is no plain SVG drawing")
        if self.skipped or self._is_silent(namespace, local):
            self.skipped += 1
            return
        if namespace == _XHTML or local not in _ELEMENTS:
            raise _RefusedError(_active(f"<{local}>"))
        pairs = list(_kept(local, attributes))
        self._close_tag()
        self.out.append(f"<{local}")
        if not self.path:
            self.out.append(f' xmlns="{_SVG}"')
            self.out.append("")
        for key, value in pairs:
            if key == "xlink:href":
                self.out[2] = f' xmlns:xlink="{_XLINK}"'
            self.out.append(f' {key}="{escape(value, _QUOTED)}"')
        hidden = any((key == "display" and value.strip() == "none") or (key == "style" and _HIDDEN.search(value)) for key, value in pairs)
        self.path.append((local, hidden or bool(self.path and self.path[-1][1])))
        self.unclosed = True

    def _is_silent(self, namespace: str, local: str) -> bool:
        """Whether an element shows nothing: descriptions, what editors keep for themselves, text in hidden layers."""
        if namespace != _SVG:
            return namespace != _XHTML
        parent, hidden = self.path[-1] if self.path else ("", False)
        return local in _SILENT or (hidden and local in {"text", "title"}) or parent in {"title", "style"}

    def end(self, _name: str) -> None:
        if self.skipped:
            self.skipped -= 1
            return
        local, _ = self.path.pop()
        if local == "style":
            sheet, self.sheet = _CSS_COMMENT.sub(" ", "".join(self.sheet)).strip(), []
            _check_style(sheet)
            self._close_tag()
            self.out.append(escape(sheet, {"\r": "&#13;"}))
        self.out.append("/>" if self.unclosed else f"</{local}>")
        self.unclosed = False

    def text(self, text: str) -> None:
        if self.skipped or not self.path or self.path[-1][0] not in _TEXTUAL or (self.path[-1][1] and self.path[-1][0] != "style"):
            return
        if self.path[-1][0] == "style":
            self.sheet.append(text)
            return
        self._close_tag()
        self.out.append(escape(text, {"\r": "&#13;"}))

    def _close_tag(self) -> None:
        if self.unclosed:
            self.out.append(">")
            self.unclosed = False


_QUOTED = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


def _kept(element: str, attributes: list[str]) -> Iterator[tuple[str, str]]:
    """The attributes that draw, as they are written out, in the file's order."""
    for name, value in zip(attributes[::2], attributes[1::2], strict=True):
        namespace, _, key = name.rpartition(" ")
        if key == "href" and namespace in {"", _XLINK}:
            if element in _REFERRING or element == "image":
                yield "xlink:href" if namespace else "href", _reference(element, value)
        elif namespace == _XML and key in {"space", "lang"}:
            yield f"xml:{key}", value
        elif namespace:
            continue
        elif key.lower().startswith("on"):
            raise _RefusedError(_active(key))
        elif key in _ATTRIBUTES:
            shown = value if key in _NAMES else _CSS_COMMENT.sub(" ", value)
            if key not in _NAMES:
                _check_style(shown)
            yield key, shown


def _reference(element: str, value: str) -> str:
    value = value.strip()
    if element != "image" and value.startswith("#"):
        return value
    picture = _DATA_PICTURE.fullmatch(value) if element == "image" else None
    if picture is None:
        raise _RefusedError(_active(f"href {value[:60]}"))
    try:
        clean = clean_picture(base64.b64decode("".join(picture[2].split()), validate=True), picture[1])
    except binascii.Error:
        clean = "is no base64"
    if isinstance(clean, str):
        raise _RefusedError(f"is an SVG with a picture in it that {clean}")
    return f"data:image/{picture[1]};base64,{base64.b64encode(clean).decode('ascii')}"


def _check_style(style: str) -> None:
    """Raise where a style could load something: by a function, an at-rule, or either of them spelled with backslashes."""
    if "\\" in style or "/*" in style:
        raise _RefusedError(_active(style))
    for rule in _CSS_RULE.finditer(style):
        if rule[1].lower() != "media":
            raise _RefusedError(_active(rule[0]))
    for call in _CSS_CALL.finditer(style):
        name = call[1].lower()
        if name and name not in _FUNCTIONS and not (name == "url" and call[2]):
            raise _RefusedError(_active(call[0]))


def _active(what: str) -> str:
    shown = "".join(character if character.isprintable() else "?" for character in what.strip())[:30]
    return f"is an SVG that could run or load something ({shown})"
