"""LaTeX, HTML, URLs, files and strings; nothing here knows about papers."""

from .css import decode_css_escapes, normalize_css
from .environment import build_time, check_environment
from .files import (
    TEXT_SUFFIXES,
    find_file,
    find_symlinked_folders,
    is_leftover,
    is_public,
    name_in_errors,
    open_file,
    replace_file,
)
from .formula_limits import find_formula_excess
from .html import (
    CODE_OR_COMMENT,
    NO_END_TAG,
    Element,
    Fragment,
    Tag,
    find_tags,
    html_to_text,
    parse_fragment,
    parse_tags,
    replace_tags,
    strip_tags,
)
from .http import (
    SAFE_URL_CHARACTERS,
    HttpClient,
    HttpResponse,
    PrivateAddress,
    ProtocolError,
    ResponseTooLong,
    UnusableProxy,
    normalize_url,
)
from .latex import (
    LETTERS,
    decode_latex,
    decode_latex_line,
    decode_latex_title,
    encode_latex,
    find_macros,
    resolve_conditions,
)
from .log_capture import WarningListener
from .markdown import encode_for_markdown, escape_commonmark, fence_code
from .reading_limits import (
    MAX_TEXT_SIZE,
    READING_ERRORS,
    SizeLimitExceeded,
    describe_reading_error,
    find_excerpt,
    limit_time,
)
from .strings import CONTROL, replace_script_tags, shorten, slugify, split_list
from .tex_math import TEX_MATH
from .trusted_cache import TrustedCache, read_own_file
from .urls import check_scheme, check_secure, encode_path, is_path
from .versions import PACKAGE, version_of

__all__ = [
    "CODE_OR_COMMENT",
    "CONTROL",
    "Element",
    "Fragment",
    "HttpClient",
    "HttpResponse",
    "LETTERS",
    "MAX_TEXT_SIZE",
    "NO_END_TAG",
    "PACKAGE",
    "PrivateAddress",
    "ProtocolError",
    "READING_ERRORS",
    "ResponseTooLong",
    "SAFE_URL_CHARACTERS",
    "SizeLimitExceeded",
    "TEXT_SUFFIXES",
    "TEX_MATH",
    "Tag",
    "TrustedCache",
    "UnusableProxy",
    "WarningListener",
    "build_time",
    "check_environment",
    "check_scheme",
    "check_secure",
    "decode_css_escapes",
    "decode_latex",
    "decode_latex_line",
    "decode_latex_title",
    "encode_for_markdown",
    "describe_reading_error",
    "encode_latex",
    "encode_path",
    "escape_commonmark",
    "fence_code",
    "find_excerpt",
    "find_file",
    "find_formula_excess",
    "find_symlinked_folders",
    "find_macros",
    "find_tags",
    "html_to_text",
    "is_leftover",
    "is_path",
    "is_public",
    "limit_time",
    "normalize_css",
    "normalize_url",
    "name_in_errors",
    "open_file",
    "parse_fragment",
    "parse_tags",
    "read_own_file",
    "replace_file",
    "replace_script_tags",
    "replace_tags",
    "resolve_conditions",
    "shorten",
    "slugify",
    "split_list",
    "strip_tags",
    "version_of",
]
