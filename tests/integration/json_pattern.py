"""From the JSON of a call, a pattern that its line of strace's text must match: one tree, two renderers.

Deliberately not in JSON: whether a number is shown in decimal, octal or hexadecimal, whether a field's name is shown, the
comment with which a constant's family is named, and remarks such as a date behind a time; the pattern takes either.
"""
import base64
import re

REMARK = r"(?: /\* (?:(?!\*/).)* \*/)?"
NAME = r"(?:{}=)?"


def c_bytes(raw, special=b'"'):
    out, letters = "", {7: None, 9: "t", 10: "n", 11: "v", 12: "f", 13: "r", 92: "\\"}
    for index, byte in enumerate(raw):
        following = raw[index + 1:index + 2]
        if letters.get(byte):
            out += "\\" + letters[byte]
        elif byte == 34 and 34 in special:
            out += '\\"'
        elif 32 <= byte < 127 and byte not in special:
            out += chr(byte)
        else:
            out += "\\" + format(byte, "03o" if following and following in b"01234567" else "o")
    return out


def number(value):
    """In any base, and as the unsigned number of 32 or 64 bits."""
    shown = {str(value)}
    for bits in (value, value & 0xFFFFFFFF, value & 0xFFFFFFFFFFFFFFFF):
        if bits >= 0:
            shown |= {str(bits), hex(bits), "0" + format(bits, "02o")}
    if value == 0:
        shown |= {"NULL", "000"}
    return "(?:" + "|".join(map(re.escape, sorted(shown, key=len, reverse=True))) + ")"


def string(text, encoded):
    raw = base64.b64decode(encoded) if encoded else text.encode()
    in_hex = "".join(f"\\x{byte:02x}" for byte in raw)
    abstract = raw[:1] == b"\0"
    plain = "|".join(re.escape(one) for one in {f'"{c_bytes(raw)}"', f'"{in_hex}"', *([f'@"{c_bytes(raw[1:])}"'] if abstract else [])})
    return f'(?:{plain}|{"NULL" if not raw else "(?!)"})(?:\\.\\.\\.)?{REMARK}'


def in_angles(value, key):
    if key not in value:
        return ""
    raw = base64.b64decode(value[key + "_base64"]) if key + "_base64" in value else value[key].encode()
    return re.escape(c_bytes(raw, b'<>"'))


def flags(value):
    rest = [number(value["rest"])] if value.get("rest") else []
    names = [re.escape(name) for name in value["names"]]
    shown = r"(?:\|)".join(names + rest) or number(value["value"])
    return f"(?:{shown}(?:\\|0+)?{REMARK}|{number(value['value'])}{REMARK})"


def structure(value):
    if set(value) == {"unreadable"}:
        address = re.escape(value["unreadable"])   # in an array the text has gone on with "..." up to there
        return f"(?:{address}|\\.\\.\\. /\\* {address} \\*/)"
    if set(value) == {"before", "after"}:
        before, after = pattern(value["before"]), pattern(value["after"])
        # In a call's line a list of one number is one pair of brackets: [128 => 16].
        return f"(?:{before} => {after}|{before})"
    if "path" in value and "fd" in value and set(value) <= {"fd", "name", "path", "path_base64", "detail", "deleted"}:
        symbol = re.escape(value["name"]) if "name" in value else number(value["fd"])
        path, detail = in_angles(value, "path"), re.escape(value.get("detail", ""))
        inside = path + detail if value.get("path", "/").startswith("/") or not detail else detail
        return symbol + (f"<{inside}>" if inside else "") + (re.escape("(deleted)") if value.get("deleted") else "")
    if "pid" in value and set(value) <= {"pid", "comm", "comm_base64", "outside"}:
        comm = f"<{in_angles(value, 'comm')}>" if "comm" in value else ""
        return number(value["pid"]) + comm + (f" /\\* {value['outside']} in strace's PID NS \\*/" if "outside" in value else "")
    if "address" in value and "count" in value:
        return (re.escape(value["address"]) if value["address"] else "NULL") + REMARK
    if "names" in value and set(value) <= {"value", "names", "rest"}:
        if set(value) == {"value", "names"} and re.search(r"^[A-Z]+_?\d*$", (value["names"] or ["INT"])[0]):
            return f"(?:~?\\[[A-Z0-9_ ]*\\]|{flags(value)})"
        return flags(value)
    if set(value) == {"value", "name"}:
        return re.escape(value["name"])
    if set(value) == {"value"}:
        return number(value["value"]) + REMARK
    if set(value) == {"value", "text"}:
        return re.escape(value["text"]) + REMARK
    return r"\{" + fields(value) + (r"(?:, )?\.\.\." if value.get("_more") else "") + r"\}" + REMARK


def each_field(value):
    for key, one in value.items():
        if not key.endswith(("_base64", "_truncated")) and key != "_more":
            yield NAME.format(re.escape(key)) + pattern(one, value.get(key + "_base64"))


def fields(value):
    return ", ".join(each_field(value))


def first_fields(value):
    """Of a call that was cut off: as many as were known, the last one with its comma."""
    shown = list(each_field(value))
    cut_off = ["".join(f"{field}, " for field in shown[:n]) for n in range(1, len(shown))]
    return "(?:" + "|".join([", ".join(shown), *reversed(cut_off)]) + ")"


def pattern(value, encoded=None):
    if value is None:
        return r"(?:NULL|\?|0)"
    if isinstance(value, bool):
        return number(int(value))
    if isinstance(value, int):
        return number(value) + REMARK
    if isinstance(value, list):
        ends = encoded if isinstance(encoded, list) else [None] * len(value)
        return r"\[" + ",? ".join(pattern(*pair) for pair in zip(value, ends)) + r"(?:(?:, )?\.\.\.)?\]"
    if isinstance(value, dict):
        return structure(value)
    if re.fullmatch(r"0x[0-9a-f]+", value):
        return f"(?:{re.escape(value)}{REMARK}|{string(value, encoded)})"
    return string(value, encoded)


# What is in no argument: our text and JSON have it, strace's dialect has not.
BESIDE = {"io_uring_enter": {"sqes", "wait"}}


def pattern_of_call(event):
    event = dict(event, args={key: value for key, value in event["args"].items() if key not in BESIDE.get(event["name"], ())})
    ret = r"\?" if event["ret"] is None else number(event["ret"])
    if event.get("errno"):
        ret = r"(?:-1|\?) " + re.escape(event["errno"]) + r" \(.*\)"
    elif "ret_decoded" in event:
        ret = f"(?:{pattern(event['ret_decoded'])}|{ret})"
    shown = fields if event["ret"] is not None else first_fields
    # Which has no arguments; started again, it is its own predecessor in strace.
    inside = rf"<\.\.\. resuming interrupted (?:{event['restarts']}|restart_syscall) \.\.\.>" if "restarts" in event else shown(event["args"])
    return re.escape(event["name"]) + r"\(" + inside + r"(?: <unfinished \.\.\.>)?\) += " + ret + r"(?: \(.*\))?"
