"""Brings the JSON of a notebook into the shape that nbformat expects, whatever tool saved it.

Other editors write "4" for 4, null for an empty list, [] for an empty dictionary, and leave out
what they do not use; old ones keep their cells in worksheets. What has only one possible meaning is
read that way. A file without cells, or a cell whose text is not text, is refused.
"""

from typing import Any

from nbformat.v4.convert import to_mime_key

MOST_DEPTH = 200  # of lists within dictionaries within lists; real notebooks stay below 30
DAMAGED = "is damaged, its cell {} is not a cell"
_OLD_DATA = ("text", "html", "svg", "png", "jpeg", "latex", "json", "javascript")
_OLD_KINDS = {"pyout": "execute_result", "pyerr": "error", "update_display_data": "display_data"}
_TELLS_KIND = {"data": "display_data", "text": "stream", "ename": "error"}


class NotANotebook(ValueError):
    """What is wrong with it: the rest of a sentence that starts with the file's name."""


def shape(data: Any) -> dict:
    """Shape what JSON gave, in place.

    Returns:
        A notebook of format 4. Cells may still lack ids, or share them.

    Raises:
        NotANotebook: it is not one.
    """
    if _depth(data) > MOST_DEPTH:
        raise NotANotebook(f"is not a notebook, its JSON is nested more than {MOST_DEPTH} deep")
    cells = _cells(data)
    if cells is None:
        raise NotANotebook("is JSON but not a notebook")
    if (number := _number(data.get("nbformat"))) >= 5:
        raise NotANotebook(f"is not a current notebook, its format is {number:g} and not 4")
    minor = data.get("nbformat_minor")
    data["nbformat"] = 4
    data["nbformat_minor"] = minor if type(minor) is int and 0 <= minor <= 5 else 5
    data["metadata"] = _dictionary(data.get("metadata"))
    data["cells"] = [_cell(cell, place) for place, cell in enumerate(cells, start=1)]
    return data


def _cells(data: Any) -> list | None:
    """The cells of a notebook; None if there are none to be seen."""
    if not isinstance(data, dict):
        return None
    if isinstance(data.get("cells"), list):
        return data["cells"]
    sheets = data.pop("worksheets", None)  # before 2014
    if not isinstance(sheets, list) or not all(isinstance(sheet, dict) for sheet in sheets):
        return None
    pages = (sheet.get("cells") for sheet in sheets)
    return [cell for page in pages if isinstance(page, list) for cell in page]


def _cell(cell: Any, place: int) -> dict:
    if not isinstance(cell, dict):
        raise NotANotebook(DAMAGED.format(place))
    old = cell.pop("input", None)
    runs = old is not None or "outputs" in cell or "execution_count" in cell
    cell["cell_type"] = _string(cell.get("cell_type"), "code" if runs else "markdown")
    cell["source"] = _text(cell.get("source", old), place)
    cell["metadata"] = _dictionary(cell.get("metadata"))
    if "attachments" in cell:
        attached = _dictionary(cell["attachments"])
        cell["attachments"] = {name: _bundle(files) for name, files in attached.items()}
    if cell["cell_type"] == "heading":
        level = cell.pop("level", 1)
        level = level if type(level) is int and 1 <= level <= 6 else 1
        cell["cell_type"], cell["source"] = "markdown", f"{'#' * level} {cell['source']}"
    if cell["cell_type"] == "code":
        cell["execution_count"] = _count(cell.pop("prompt_number", cell.get("execution_count")))
        outputs = cell.get("outputs")
        made = [_output(one) for one in outputs] if isinstance(outputs, list) else []
        cell["outputs"] = [one for one in made if one is not None]
    return cell


def _output(output: Any) -> dict | None:
    """An output with everything its kind must have; None if its kind cannot be told."""
    if not isinstance(output, dict):
        return None
    kind = output.get("output_type")
    if not isinstance(kind, str):
        kind = next((of for key, of in _TELLS_KIND.items() if key in output), None)
    kind = _OLD_KINDS.get(kind, kind)
    if kind == "stream":
        name = _string(output.get("name", output.get("stream")), "stdout")
        return {"output_type": kind, "name": name, "text": _joined(output.get("text"))}
    if kind == "error":
        lines = output.get("traceback")
        lines = lines if isinstance(lines, list) else [lines]
        about = {key: _string(output.get(key), "") for key in ("ename", "evalue")}
        return {"output_type": kind, **about, "traceback": [_joined(line) for line in lines]}
    if kind not in ("display_data", "execute_result"):
        return None
    data = output.get("data", to_mime_key({k: output[k] for k in _OLD_DATA if k in output}))
    made = {"output_type": kind, "data": _bundle(data)}
    made["metadata"] = _dictionary(output.get("metadata"))
    if kind == "execute_result":
        count = output.get("execution_count", output.get("prompt_number"))
        made["execution_count"] = _count(count)
    return made


def _bundle(data: Any) -> dict:
    """What is shown, by kind; text may come as lines, and anything else is JSON."""
    shown = {}
    for mime, value in _dictionary(data).items():
        if mime == "application/json" or mime.endswith("+json"):
            shown[mime] = value
        elif isinstance(value, str | list):
            shown[mime] = _joined(value)
    return shown


def _text(value: Any, place: int) -> str:
    """A cell's text: a string, or a list of its lines."""
    if value is None or isinstance(value, str | list):
        return _joined(value).replace("\r\n", "\n").replace("\r", "\n")
    raise NotANotebook(DAMAGED.format(place))


def _joined(value: Any) -> str:
    lines = value if isinstance(value, list) else [value]
    return "".join(line for line in lines if isinstance(line, str))


def _string(value: Any, default: str) -> str:
    return value if isinstance(value, str) and value else default


def _count(value: Any) -> int | None:
    return value if type(value) is int and 0 <= value < 2**53 else None


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return 0.0


def _dictionary(value: Any) -> dict:
    return value if isinstance(value, dict) else {}


def _depth(value: Any) -> int:
    """How deeply lists and dictionaries are nested; stops looking soon after the limit."""
    level, deep = [[value]], -1
    while level and deep <= MOST_DEPTH:
        deep += 1
        level = [
            inner
            for holder in level
            for inner in (holder.values() if isinstance(holder, dict) else holder)
            if isinstance(inner, dict | list)
        ]
    return deep
