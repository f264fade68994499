"""The verbs that read versions: ls, show, why, rejects, verify, export."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

import typer

from ittgen.cli.common import DATA, JOURNAL, DataDir, JournalFile, Json, Ref
from ittgen.cli.output import out, out_json, out_operations, out_table, say
from ittgen.cli.words import example_text, rejection_text
from ittgen.progress import counted, money

if TYPE_CHECKING:
    from ittgen.records import Rejection
    from ittgen.versions.dataset import Dataset
    from ittgen.versions.manifest import Manifest

Format = Literal["alpaca", "sharegpt", "messages"]


def ls(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="A dataset; all of them if left out.", show_default=False)
    ] = "",
    data: DataDir = DATA,
    as_json: Json = False,
) -> None:
    """List the datasets, or the versions of one."""
    from ittgen.errors import UsageError
    from ittgen.versions.folder import names, resolve, versions

    if data != DATA and not data.is_dir():
        raise UsageError(f"there is no folder {data}; name the one where your versions live with --data")
    wanted = [f"{name}@{version}" for version in versions(data, name)] if name else names(data)
    paths = [resolve(data, ref) for ref in wanted or filter(None, [name])]  # an unknown name is resolve's to refuse
    listed = [_listed(path) for path in paths]
    if as_json:
        out_json(listed)
        return
    rows = [(f"{v['name']}@{v['version']}", v["rows"], v["rejected"], v["created"] or "", v["state"]) for v in listed]
    out_table(["version", "rows", "rejected", "created", "state"], rows)


def show(
    ref: Ref,
    n: Annotated[int, typer.Option("-n", metavar="N", min=0, help="Examples to show.")] = 3,
    data: DataDir = DATA,
    as_json: Json = False,
) -> None:
    """Show a version's summary and some of its rows."""
    version = _open(data, ref)
    examples = [version[len(version) * i // n] for i in range(min(n, len(version)))]
    if as_json:
        manifest = {"path": str(version.path), **version.manifest.to_json()}
        out_json({"manifest": manifest, "examples": [example.to_json() for example in examples]})
        return
    out("\n".join(_summary(version)))
    _out_stages(version.manifest)
    for stage in version.manifest.stages:
        out_operations(stage["name"], stage.get("operations", ()))
    for example in examples:
        out(f"\n{example_text(example)}")


def why(
    ref: Ref,
    id: Annotated[str, typer.Argument(metavar="ID", help="The row's id.", show_default=False)],
    data: DataDir = DATA,
    journal: JournalFile = JOURNAL,
    as_json: Json = False,
) -> None:
    """Tell one row's whole story. Its parents, prompts, replies, and the filters it passed."""
    from ittgen.story import tell, why

    story = why(_open(data, ref), id, journal)
    if as_json:
        out_json(story.to_json())
        return
    out(tell(story))


def rejects(
    ref: Ref,
    rule: Annotated[str, typer.Option("--rule", metavar="RULE", help="Drafts that broke this rule.")] = "",
    sample: Annotated[int, typer.Option("--sample", metavar="N", min=0, help="That many drafts, drawn at random.")] = 0,
    data: DataDir = DATA,
    as_json: Json = False,
) -> None:
    """Count what did not become a row, by rule. With --rule or --sample: show those drafts."""
    version = _open(data, ref)
    if rule or sample:
        _out_rejections(_chosen(version, rule, sample), as_json)
        return
    if as_json:
        out_json([{"stage": stage, "rule": rule, "count": count} for stage, rule, count in _counts(version.manifest)])
        return
    out_table(["stage", "rule", "rejected"], list(_counts(version.manifest)))


def verify(ref: Ref, data: DataDir = DATA, as_json: Json = False) -> None:
    """Check a version's files: checksums, ids, counts. Exits with 1 when there is a fault."""
    from ittgen.versions.folder import resolve
    from ittgen.versions.verify import verify

    path = resolve(data, ref)
    faults = verify(path)
    if as_json:
        out_json({"path": str(path), "faults": [{"file": fault.file, "what": fault.what} for fault in faults]})
    else:
        for fault in faults:
            out(f"{path / fault.file}: {fault.what}")
    say(f"{path}: {counted(len(faults), 'fault')}" if faults else f"{path}: every file is what the manifest says")
    if faults:
        raise typer.Exit(1)


def export(
    ref: Ref,
    format: Annotated[
        Format, typer.Argument(metavar="|".join(get_args(Format)), help="The rows' shape.", show_default=False)
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Where to write; stdout if left out.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
    data: DataDir = DATA,
) -> None:
    """Write the rows as trainers read them. With every field that they were read with."""
    from ittgen.versions.export import FORMATS

    version = _open(data, ref)
    if output is None:
        version.check()
        for text, _ in FORMATS[format](version):
            out(text, end="")
        return
    rows = version.export(output, format, force=force)
    say(f"{version.ref}: {counted(rows, 'row')} written to {output}")


def _open(data: Path, ref: str) -> "Dataset":
    from ittgen.versions.dataset import Dataset

    return Dataset.open(data, ref)


def _listed(path: Path) -> dict[str, Any]:
    """What `ls` says of a version; of a damaged one only what its folder's name says, and the damage."""
    from ittgen.errors import DamagedError
    from ittgen.versions.dataset import Dataset

    known: dict[str, Any] = dict.fromkeys(["rows", "rejected", "created", "partial", "digest"])
    named = {"name": path.parent.name, "version": int(path.name[1:]), "path": str(path), **known}
    try:
        manifest = Dataset.at(path).manifest
    except DamagedError as error:
        return {**named, "state": f"damaged: {str(error).removeprefix(f'{path}/').partition('; ')[0]}"}
    return {
        **named,
        "rows": manifest.rows,
        "rejected": sum(manifest.rules.values()),
        "created": manifest.created,
        "partial": manifest.partial,
        "digest": manifest.digest,
        "state": "partial" if manifest.partial else "complete",
    }


def _summary(version: "Dataset") -> Iterator[str]:
    manifest = version.manifest
    yield f"{version.ref}: {counted(len(version), 'row')}, {version.path}"
    facts = {
        "created": manifest.created,
        "seeds": manifest.seeds.get("name"),
        "teacher": ", ".join(f"{t.get('kind')} {t.get('model') or ''}".strip() for t in manifest.teachers),
        "cost": money(manifest.cost) if manifest.cost else "",
        "partial": manifest.partial,
        "notice": manifest.notice,
    }
    yield from (f"{name}: {fact}" for name, fact in facts.items() if fact)


def _out_stages(manifest: "Manifest") -> None:
    rows = [
        (stage["name"], stage.get("accepted"), stage["rows"], sum(stage["rejected"].values()), stage.get("calls"))
        for stage in manifest.stages
    ]
    out_table(["stage", "accepted", "published", "rejected", "calls"], rows)


def _counts(manifest: "Manifest") -> Iterator[tuple[str, str, int]]:
    """(stage, rule, drafts), the hungriest rule of a stage first."""
    for stage in manifest.stages:
        for rule, count in sorted(stage["rejected"].items(), key=lambda item: (-item[1], item[0])):
            yield stage["name"], rule, count


def _chosen(version: "Dataset", rule: str, sample: int) -> Iterable["Rejection"]:
    """The rejections of a rule or all; some of them where a sample is wanted, the same ones every time."""
    from ittgen import chance

    if rule and rule not in version.rules:
        say(f'{version.ref}: no draft broke "{rule}" (rules: {", ".join(version.rules) or "none"})')
    rejections = version.rejected(rule or None)
    if not sample:
        return rejections
    rng = chance.seeded(version.ref, rule)
    return [rejections[i] for i in sorted(chance.sample(rng, len(rejections), sample))]


def _out_rejections(rejections: Iterable["Rejection"], as_json: bool) -> None:
    if as_json:
        out_json([rejection.to_json() for rejection in rejections])
        return
    for rejection in rejections:
        out(f"{rejection_text(rejection)}\n")
