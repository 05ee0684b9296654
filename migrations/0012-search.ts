import { ALL_ENTRIES, ENTRY_TRIGGERS, NO_ENTRY_TRIGGERS } from './0012-search-triggers.ts';
import type { Migration } from './migration.ts';

/**
 * What the search box reads: one entry for each region, jurisdiction, enterprise, risk point, hazard source and place
 * that can be seen. Triggers on the tables that hold what can be seen keep the entries in the writing transaction:
 * a row that is deleted there is gone here. Needs no extension: pairs of characters and triples of letters are
 * packed into integers, each with kind and severity in front, so that the worst are found without looking at the rest.
 */
const TABLES = `
  -- kind: 1 region, 2 jurisdiction, 3 enterprise, 4 risk point, 5 hazard source, 6 place.
  -- severity orders the rows of a kind: of enterprises and points on the current basis, 1 to 7 as in their lists; the
  -- depth of a region; the rank of a place. doc: Chinese name | English name |, normalised. initials: readings of the
  -- Chinese name by first letters, separated by spaces.
  CREATE TABLE search_entries (
    city_code text COLLATE "C" NOT NULL,
    kind smallint NOT NULL,
    ref text COLLATE "C" NOT NULL,
    region text COLLATE "C",
    severity smallint NOT NULL CHECK (severity BETWEEN 0 AND 7),
    doc text COLLATE "C" NOT NULL,
    initials text COLLATE "C" NOT NULL,
    code text COLLATE "C",
    source_code text COLLATE "C",
    PRIMARY KEY (city_code, kind, ref)
  );

  -- First letters of the readings of the Chinese characters from U+4E00 on: byte n is the place in sets of the letters
  -- of character n, 0 for none. One row, loaded from data/pinyin-initials.csv.
  CREATE TABLE pinyin_initials (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    codes bytea NOT NULL,
    sets text[] NOT NULL
  );
`;

const NORMALISING = `
  -- Full-width and half-width, capitals and small letters are the same; a Chinese name or a code has no spaces.
  CREATE FUNCTION search_key(given text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT translate(lower(normalize(given, NFKC) COLLATE "C"), E' \\t\\n\\r|', '')
  $$;
  CREATE FUNCTION search_words(given text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT btrim(regexp_replace(translate(lower(normalize(given, NFKC) COLLATE "C"), '|', ' '), '\\s+', ' ', 'g'))
  $$;

  -- 重庆 → zq cq. At most eight readings of a name and forty letters; further characters count with their first reading.
  CREATE FUNCTION search_initials(key text, codes bytea, sets text[]) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
  DECLARE
    readings text[] := '{""}';
    tail text := '';
    letter text;
    letters text;
    place integer;
  BEGIN
    FOREACH letter IN ARRAY string_to_array(left(key, 40), NULL) LOOP
      place := ascii(letter) - 19968;
      IF place >= 0 AND place < COALESCE(length(codes), 0) THEN
        letters := sets[get_byte(codes, place)];
        IF letters IS NULL THEN
          CONTINUE;
        ELSIF length(letters) = 1 OR cardinality(readings) * length(letters) > 8 THEN
          tail := tail || left(letters, 1);
        ELSE
          readings := ARRAY(SELECT r.reading || tail || l.letter
            FROM unnest(readings) AS r(reading) CROSS JOIN unnest(string_to_array(letters, NULL)) AS l(letter));
          tail := '';
        END IF;
      ELSIF ascii(letter) BETWEEN 48 AND 57 OR ascii(letter) BETWEEN 97 AND 122 THEN
        tail := tail || letter;
      END IF;
    END LOOP;
    RETURN btrim(array_to_string(ARRAY(SELECT r.reading || tail FROM unnest(readings) AS r(reading)), ' '));
  END $$;
`;

const TOKENS = `
  -- What a line of text is found by, each added to base. Where a Chinese character stands: pairs of characters (21 bits
  -- each); of letters and digits: triples, and the first one and two of each word. Anything else ends a word (32).
  -- A text that holds a line holds all tokens of the line; the line's own ends count only where they are written.
  CREATE FUNCTION search_tokens(line text, base bigint) RETURNS bigint[] LANGUAGE plpgsql IMMUTABLE AS $$
  DECLARE
    found bigint[] := '{}';
    letter text;
    a bigint;
    b bigint;
    c bigint;
  BEGIN
    FOREACH letter IN ARRAY string_to_array(line, NULL) LOOP
      a := b;
      b := c;
      c := ascii(letter);
      IF c < 128 AND c NOT BETWEEN 97 AND 122 AND c NOT BETWEEN 48 AND 57 THEN
        c := 32;
      END IF;
      IF b IS NULL THEN
        CONTINUE;
      END IF;
      IF b > 127 OR c > 127 THEN
        found := found || (base + b * 2097152 + c);
      END IF;
      IF c < 128 AND c <> 32 AND (b = 32 OR b > 127) THEN
        found := found || (base + 32 * 2097152 + c);
      ELSIF a IS NOT NULL AND b < 128 AND b <> 32 AND c < 128 THEN
        found := found || (base + 8796093022208 + CASE WHEN a > 127 THEN 32 ELSE a END * 16384 + b * 128 + c);
      END IF;
    END LOOP;
    RETURN found;
  END $$;

  -- Triples of initials; the first two of a reading with the space before them.
  CREATE FUNCTION search_initial_tokens(line text, base bigint) RETURNS bigint[] LANGUAGE plpgsql IMMUTABLE AS $$
  DECLARE
    found bigint[] := '{}';
    letter text;
    a bigint;
    b bigint;
    c bigint;
  BEGIN
    FOREACH letter IN ARRAY string_to_array(line, NULL) LOOP
      a := b;
      b := c;
      c := ascii(letter);
      IF a IS NOT NULL AND b <> 32 AND c <> 32 THEN
        found := found || (base + 17592186044416 + a * 16384 + b * 128 + c);
      END IF;
    END LOOP;
    RETURN found;
  END $$;

  CREATE FUNCTION search_base(kind integer, severity integer) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT (kind * 8 + severity) * 35184372088832
  $$;

  -- The cost is set high so that no plan computes this for all rows instead of using the index.
  CREATE FUNCTION search_grams(kind smallint, severity smallint, city_code text, doc text, initials text)
    RETURNS bigint[] LANGUAGE plpgsql IMMUTABLE COST 1000 AS $$
  DECLARE base bigint := public.search_base(kind, severity);
  BEGIN
    RETURN public.search_tokens(' ' || doc, base) || public.search_initial_tokens(' ' || initials, base)
      || (base + 26388279066624 + city_code::bigint);
  END $$;
`;

const INDEXES = `
  CREATE INDEX search_entries_grams ON search_entries
    USING gin (search_grams(kind, severity, city_code, doc, initials));
  CREATE INDEX search_entries_code ON search_entries (kind, code) WHERE code IS NOT NULL;
  CREATE INDEX search_entries_source_code ON search_entries (kind, source_code) WHERE source_code IS NOT NULL;
`;

/** Rows of one kind that are looked at for each way of matching and severity; more are not put in order of name. */
const LOOKED_AT = 200;
const CODES_LOOKED_AT = 500;
/** Tokens that are looked up, spread over the text from end to end: each costs, and few are rare enough together. */
const MOST_TOKENS = 8;
/** Codes with the same start that are passed over because they lie elsewhere. */
const CODES_PASSED = 20_000;

const MATCHES = `CROSS JOIN LATERAL (SELECT
            starts_with(e.doc, whole || '|') OR strpos(e.doc, '|' || whole || '|') > 0 AS is_whole,
            starts_with(e.doc, whole) OR strpos(e.doc, '|' || whole) > 0 AS is_start,
            NOT EXISTS (SELECT FROM unnest(terms) AS t(term) WHERE strpos(e.doc, t.term) = 0) AS is_part,
            strpos(' ' || e.initials, ' ' || letters) > 0 AS is_initials_start,
            strpos(e.initials, letters) > 0 AS is_initials_part,
            starts_with(COALESCE(e.code, ''), given_code) OR starts_with(COALESCE(e.source_code, ''), given_code)
              AS is_code) AS m`;

const SEEN = `(cities IS NULL OR e.city_code = ANY (cities)) AND (areas IS NULL OR e.region = ANY (areas))`;

const codesStarting = (column: string): string => `
      (SELECT e.city_code, e.ref, e.severity, e.found_code FROM (
          SELECT c.city_code, c.ref, c.severity, c.region, c.${column} AS found_code FROM search_entries c
          WHERE c.kind = given_kind AND c.${column} > given_code AND c.${column} < given_code || chr(1114111)
          ORDER BY c.${column} LIMIT ${CODES_PASSED}) AS e
        WHERE ${SEEN} LIMIT ${CODES_LOOKED_AT})`;

const CANDIDATES = `
  -- Entries of one kind, best first, at most the wanted number. matched: 1 code, 2 name, 3 start of a code, 4 start of
  -- a name, 5 part of a name, 6 first initials, 7 some initials. letters: null where the text cannot be initials.
  -- Each way of matching goes from the worst severity on and ends when there are enough.
  CREATE FUNCTION search_candidates(given_kind smallint, terms text[], whole text, letters text, given_code text,
    cities text[], areas text[], wanted integer)
    RETURNS TABLE (city_code text, ref text, matched smallint, severity smallint)
  LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
  #variable_conflict use_column
  DECLARE
    missing integer := wanted;
    added integer;
    tokens bigint[];
    with_base bigint[];
    lowest integer := CASE WHEN given_kind IN (2, 5) THEN 0 ELSE 1 END;
    highest integer := CASE given_kind WHEN 1 THEN 5 WHEN 2 THEN 0 WHEN 5 THEN 0 ELSE 7 END;
  BEGIN
    RETURN QUERY
      SELECT f.city_code, f.ref, 1::smallint, f.severity FROM (
        SELECT e.city_code, e.ref, e.severity, e.doc FROM search_entries e
        WHERE e.kind = given_kind AND (e.code = given_code OR e.source_code = given_code) AND ${SEEN}
        LIMIT ${CODES_LOOKED_AT}) AS f
      ORDER BY f.severity, f.doc, f.ref LIMIT missing;
    GET DIAGNOSTICS added = ROW_COUNT;
    missing := missing - added;
    FOR way IN 2..7 LOOP
      EXIT WHEN missing <= 0;
      IF way = 3 THEN
        RETURN QUERY
          SELECT f.city_code, f.ref, 3::smallint, min(f.severity) FROM (${codesStarting('code')}
            UNION ALL ${codesStarting('source_code')}) AS f
          GROUP BY f.city_code, f.ref ORDER BY min(f.found_code), f.ref LIMIT missing;
        GET DIAGNOSTICS added = ROW_COUNT;
        missing := missing - added;
        CONTINUE;
      END IF;
      tokens := CASE way
        WHEN 2 THEN search_tokens(' ' || whole || ' ', 0)
        WHEN 4 THEN search_tokens(' ' || whole, 0)
        WHEN 5 THEN ARRAY(SELECT DISTINCT k.token FROM unnest(terms) AS t(term)
          CROSS JOIN LATERAL unnest(search_tokens(CASE WHEN t.term ~ '^[a-z0-9]{1,2}$' THEN ' ' ELSE '' END || t.term, 0))
            AS k(token))
        WHEN 6 THEN search_initial_tokens(' ' || COALESCE(letters, ''), 0)
        ELSE search_initial_tokens(COALESCE(letters, ''), 0) END;
      CONTINUE WHEN COALESCE(cardinality(tokens), 0) = 0;
      IF cardinality(tokens) > ${MOST_TOKENS} THEN
        tokens := ARRAY(SELECT tokens[1 + n * (cardinality(tokens) - 1) / ${MOST_TOKENS - 1}]
          FROM generate_series(0, ${MOST_TOKENS - 1}) AS n);
      END IF;
      IF cardinality(cities) = 1 THEN
        tokens := tokens || (26388279066624 + cities[1]::bigint);
      END IF;
      FOR step IN lowest..highest LOOP
        with_base := ARRAY(SELECT search_base(given_kind, step) + k.token FROM unnest(tokens) AS k(token));
        RETURN QUERY
          SELECT f.city_code, f.ref, way::smallint, f.severity FROM (
            SELECT e.city_code, e.ref, e.severity, e.doc FROM search_entries e ${MATCHES}
            WHERE search_grams(e.kind, e.severity, e.city_code, e.doc, e.initials) @> with_base AND ${SEEN}
              AND NOT m.is_code AND CASE way
                WHEN 2 THEN m.is_whole
                WHEN 4 THEN m.is_start AND NOT m.is_whole
                WHEN 5 THEN m.is_part AND NOT m.is_start
                WHEN 6 THEN m.is_initials_start AND NOT m.is_part
                ELSE m.is_initials_part AND NOT m.is_initials_start AND NOT m.is_part END
            LIMIT ${LOOKED_AT}) AS f
          ORDER BY f.doc, f.ref LIMIT missing;
        GET DIAGNOSTICS added = ROW_COUNT;
        missing := missing - added;
        EXIT WHEN missing <= 0;
      END LOOP;
    END LOOP;
  END $$;
`;

const GRANTS = `
  GRANT SELECT ON search_entries, pinyin_initials TO risk_app;
`;

export const search: Migration = {
  name: '0012-search',
  up: async (trx) => {
    const scripts = [
      TABLES,
      NORMALISING,
      TOKENS,
      ALL_ENTRIES,
      INDEXES,
      CANDIDATES,
      ENTRY_TRIGGERS,
      GRANTS,
    ];
    for (const script of scripts) await trx.raw(script);
  },
  down: async (trx) => {
    await trx.raw(NO_ENTRY_TRIGGERS);
    await trx.raw(`
      DROP FUNCTION search_candidates(smallint, text[], text, text, text, text[], text[], integer);
      DROP TABLE search_entries;
      DROP TABLE pinyin_initials;
      DROP FUNCTION search_grams(smallint, smallint, text, text, text);
      DROP FUNCTION search_base(integer, integer);
      DROP FUNCTION search_initial_tokens(text, bigint);
      DROP FUNCTION search_tokens(text, bigint);
      DROP FUNCTION search_initials(text, bytea, text[]);
      DROP FUNCTION search_words(text);
      DROP FUNCTION search_key(text);
    `);
  },
};
