"""The database itself refuses to change what was decided; who recorded it may be erased."""

from django.db import migrations

FINAL = "timeline_id, meeting_id, kind, decided_on, text, by_acclamation, votes_for, votes_against, votes_abstained, document, document_name, submission, recorded_on, supersedes_id, supersede_reason"


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE FUNCTION process_decision_is_final() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'a decision is final' USING ERRCODE = 'check_violation'; END $$"
        )
        schema_editor.execute(
            f"CREATE TRIGGER process_decision_final BEFORE UPDATE OF {FINAL} ON process_decision "
            "FOR EACH ROW EXECUTE FUNCTION process_decision_is_final()"
        )
    else:
        schema_editor.execute(
            f"CREATE TRIGGER process_decision_final BEFORE UPDATE OF {FINAL} ON process_decision "
            "BEGIN SELECT RAISE(ABORT, 'a decision is final'); END"
        )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER process_decision_final ON process_decision")
        schema_editor.execute("DROP FUNCTION process_decision_is_final()")
    else:
        schema_editor.execute("DROP TRIGGER process_decision_final")


class Migration(migrations.Migration):
    dependencies = [("process", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
