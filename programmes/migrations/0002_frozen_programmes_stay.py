"""The database itself refuses to add to a frozen programme and to change what it says.

Deleting is not refused here: a branch that goes takes its programmes along, and a trigger on a row
cannot tell that from deleting one measure. The models refuse that (programmes.models.scope).
Who made or froze it may be erased, and pointers to what is deleted elsewhere may become empty.
"""

from django.db import migrations

PROGRAMME = "branch_id, kind, title, origin, year, version, previous_version_id, created_on, frozen_on"

# Nested rather than joined: each step can only look its row up by primary key.
OF_PROGRAMME = "(SELECT frozen_on FROM programmes_programme WHERE id = {row}.programme_id)"
OF_CHAPTER = (
    "(SELECT frozen_on FROM programmes_programme WHERE id ="
    " (SELECT programme_id FROM programmes_chapter WHERE id = {row}.chapter_id))"
)
OF_MEASURE = (
    "(SELECT frozen_on FROM programmes_programme WHERE id ="
    " (SELECT programme_id FROM programmes_measure WHERE id = {row}.measure_id))"
)
# Table → the day on which the programme of a row was frozen, and the columns that say something.
PARTS = {
    "chapter": (OF_PROGRAMME, "id, programme_id, position, title, introduction"),
    "section": (OF_CHAPTER, "id, chapter_id, position, title, introduction"),
    "measure": (
        OF_PROGRAMME,
        'id, programme_id, section_id, identity, number, text, "group", placeholders, footnotes,'
        " author_note, variant_set, derived_change, retired_on",
    ),
    "crossreference": (OF_MEASURE, "id, measure_id, chapter_title, page"),
    "footnote": (OF_CHAPTER, "id, chapter_id, position, number, text"),
    "example": (OF_CHAPTER, "id, chapter_id, position, title, municipality, text, links"),
}
# Columns that may become empty, and nothing else.
POINTERS = {"measure": "derived_from_id", "crossreference": "target_id"}
REFUSAL = "a frozen programme does not change"


def triggers():
    """Yield name, table, event, further condition and the question whether the row is frozen."""
    for part, (day, columns) in PARTS.items():
        table = f"programmes_{part}"
        old, new = (f"{day.format(row=row)} IS NOT NULL" for row in ("OLD", "NEW"))
        yield f"{table}_frozen_insert", table, "INSERT", "", new
        yield f"{table}_frozen_update", table, f"UPDATE OF {columns}", "", f"{old} OR {new}"
        if part in POINTERS:
            pointer = f"NEW.{POINTERS[part]} IS NOT NULL"
            event = f"UPDATE OF {POINTERS[part]}"
            yield f"{table}_frozen_pointer", table, event, pointer, old
    yield (
        "programmes_programme_frozen",
        "programmes_programme",
        f"UPDATE OF {PROGRAMME}",
        "",
        "OLD.frozen_on IS NOT NULL",
    )


def create(apps, schema_editor):
    for name, table, event, condition, frozen in triggers():
        whole = f"({condition}) AND ({frozen})" if condition else frozen
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
                # Its plan is kept from when the tables were nearly empty, where no index seems needed.
                "SET enable_seqscan = off AS $$ BEGIN "
                f"IF {whole} THEN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'check_violation';"
                " END IF; RETURN NEW; END $$"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {name}()"
            )
        else:
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {whole} "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )


def drop(apps, schema_editor):
    for name, table, *_rest in triggers():
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION {name}()")
        else:
            schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("programmes", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
