from django.db import migrations

GUARD = """
CREATE FUNCTION governance_days(starts date, ends date) RETURNS daterange AS $$
    SELECT daterange(starts, ends, '[]');
$$ LANGUAGE sql IMMUTABLE;

-- An area lies in another only while both are there, and never, over any number of steps, in itself.
CREATE FUNCTION governance_guard_membership() RETURNS trigger AS $$
DECLARE
    days daterange := governance_days(NEW.valid_from, NEW.valid_until);
BEGIN
    -- Two at once could each lay one half of a circle, or end an area that the other puts something
    -- in, unseen by each other.
    PERFORM pg_advisory_xact_lock(hashtext('governance_areamembership'));
    IF EXISTS (
        SELECT FROM governance_coveragearea
        WHERE id IN (NEW.area_id, NEW.member_id)
            AND NOT governance_days(valid_from, valid_until) @> days
    ) THEN
        RAISE EXCEPTION 'Een ligging geldt enkel zolang beide gebieden bestaan.'
            USING ERRCODE = 'check_violation',
            CONSTRAINT = 'governance_areamembership_within_life';
    END IF;
    IF EXISTS (
        WITH RECURSIVE around (area_id, days) AS (
            SELECT NEW.area_id, days
            UNION
            SELECT step.area_id, around.days * governance_days(step.valid_from, step.valid_until)
            FROM around
            JOIN governance_areamembership step ON step.member_id = around.area_id
            WHERE around.days && governance_days(step.valid_from, step.valid_until)
                AND around.area_id <> NEW.member_id
        )
        SELECT FROM around WHERE area_id = NEW.member_id
    ) THEN
        RAISE EXCEPTION 'Een gebied ligt niet in zichzelf, ook niet over een omweg.'
            USING ERRCODE = 'check_violation',
            CONSTRAINT = 'governance_areamembership_no_circle';
    END IF;
    RETURN NULL;
END;
$$ LANGUAGE plpgsql;

CREATE TRIGGER governance_areamembership_guard
    AFTER INSERT OR UPDATE ON governance_areamembership
    FOR EACH ROW EXECUTE FUNCTION governance_guard_membership();

-- The life of an area is not cut shorter than what lies in it or around it. Told at the end of the
-- transaction, of the area as it is by then: whoever ends an area ends its memberships in the same
-- one. The first of those that go on are named.
CREATE FUNCTION governance_guard_life() RETURNS trigger AS $$
DECLARE
    outside text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('governance_areamembership'));
    SELECT string_agg(said, '; ') INTO outside FROM (
        SELECT inner_one.name || ' in ' || outer_one.name AS said
        FROM governance_areamembership step
        JOIN governance_coveragearea inner_one ON inner_one.id = step.member_id
        JOIN governance_coveragearea outer_one ON outer_one.id = step.area_id
        JOIN governance_coveragearea area ON area.id IN (step.area_id, step.member_id)
        WHERE area.id = NEW.id
            AND NOT governance_days(area.valid_from, area.valid_until)
                @> governance_days(step.valid_from, step.valid_until)
        ORDER BY said
        LIMIT 10
    ) steps;
    IF outside IS NOT NULL THEN
        RAISE EXCEPTION 'Er zijn nog liggingen buiten de tijd dat dit gebied bestaat.'
            USING ERRCODE = 'check_violation',
            CONSTRAINT = 'governance_coveragearea_within_memberships',
            DETAIL = outside;
    END IF;
    RETURN NULL;
END;
$$ LANGUAGE plpgsql;

CREATE CONSTRAINT TRIGGER governance_coveragearea_guard
    AFTER UPDATE ON governance_coveragearea
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW
    WHEN (
        OLD.valid_from IS DISTINCT FROM NEW.valid_from
        OR OLD.valid_until IS DISTINCT FROM NEW.valid_until
    )
    EXECUTE FUNCTION governance_guard_life();
"""

UNDO = """
DROP TRIGGER governance_coveragearea_guard ON governance_coveragearea;
DROP FUNCTION governance_guard_life;
DROP TRIGGER governance_areamembership_guard ON governance_areamembership;
DROP FUNCTION governance_guard_membership;
DROP FUNCTION governance_days;
"""


class Migration(migrations.Migration):
    """What a constraint on one row cannot say: the database guards the geography itself."""

    dependencies = [("governance", "0003_municipalities_and_borders")]
    operations = [migrations.RunSQL(GUARD, UNDO)]
