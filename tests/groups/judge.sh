# How causes are run and judged, with causes made here: order, kinds, what is assumed, what holds a grade down, why.

sample=$root/samples/zynqmp-pv-network/console.log
cases=$root/tests/cases
cd "$T" || return 1
mkdir -p tree/parsers
cp -r "$root/schema" tree/schema
cp -r "$root/parsers/messages" tree/parsers/messages
cp "$root/parsers/listings.tsv" tree/parsers/listings.tsv
chmod -R u+w tree
made=tree/schema/causes

# cause NAME KIND ABOUT WHEN <SELECT: a cause with the clue "seen" that decides, and a remedy.
cause() {
	{
		printf -- '-- cause     %s\n-- title     Made by a test: %s\n-- explain   Nothing.\n-- remedy    None.\n-- refs      none\n' "$1" "$1"
		printf -- '-- about     %s\n-- kind      %s\n-- when      %s\n-- trigger   seen   it is there\n-- decides   sure   it is certain\n\n' "$3" "$2" "$4"
		cat
	} >"$made/$1.sql"
}

unmake() { rm -f "$made"/made-*.sql "$made"/aaa-*.sql; }

judged() {
	rm -f judged.db
	run faultline ingest -q --data tree -d judged.db "$@"
	code 0
	silent
}

# Both clues for every incident.
every_incident() {
	cat <<'END'
SELECT i.id AS subject, NULL AS "case", x.clue, 'an incident' AS says, i.first_capture AS capture, i.first_line AS line, i.n
  FROM incident AS i
  JOIN (SELECT 'seen' AS clue UNION ALL SELECT 'sure') AS x
END
}

# ---- order and kinds ------------------------------------------------------

# The verdicts that are there when it runs.
after_others() {
	cat <<'END'
SELECT v.subject, NULL AS "case", x.clue, v.cause AS says, NULL AS capture, NULL AS line, 1 AS n
  FROM verdict AS v
  JOIN (SELECT 'seen' AS clue UNION ALL SELECT 'sure') AS x
 WHERE v.about = 'incident' AND v.cause = 'arm-grant-not-in-iommu-p2m'
END
}

it "noise is judged after all others, and sees their verdicts"
after_others | cause aaa-late noise incident 'SELECT 1 FROM verdict'
judged "$sample"
is "$(ask judged.db "SELECT count(*) FROM verdict WHERE cause = 'aaa-late'")" 1 "verdicts of a noise that reads verdicts"

it "a cause of another kind is not: its name comes first"
after_others | cause aaa-late root incident 'SELECT 1 FROM incident'
judged "$sample"
is "$(ask judged.db "SELECT count(*) FROM verdict WHERE cause = 'aaa-late'")" 0 "verdicts of a root that reads verdicts"
unmake

it "a 'when' that several causes share is asked once"
for name in made-one made-two; do
	every_incident | cause $name root incident 'SELECT 1 WHERE abs(random()) % 2'
done
seen=
for round in 1 2 3 4 5 6 7 8; do
	judged "$sample"
	seen="$seen $(ask judged.db "SELECT count(*) FROM verdict WHERE cause GLOB 'made-*'")"
done
case $seen in
*1*) problem "two causes with one 'when' got different answers: verdicts$seen" ;;
esac
unmake

for kind in noise exposure; do
	it "$kind of an incident is a finding: no headline, and cannot say is still said"
	every_incident | cause made-finding $kind incident 'SELECT 1 FROM incident'
	judged "$cases/flagship-no-boot-log/console.log"
	is "$(ask judged.db "SELECT grade || explains || (place > 1) FROM v_verdict WHERE cause = 'made-finding'")" confirmed01 \
		"grade, explains, behind the others"
	is "$(ask judged.db 'SELECT best FROM v_incident')" 3 "best"
	[ "$(ask judged.db 'SELECT count(*) FROM cannot_say')" -gt 0 ] || problem "nothing is missing any more"
	run faultline report -d judged.db --data tree
	out 'Missing, and how to capture it:'
	out "See below, $kind: made-finding"
	out "$kind, confirmed: Made by a test"
	out_like '^  Of .*fault'
	not_out 'also confirmed'
	run faultline report -d judged.db --data tree -f json
	cp out json
	"$JSON_CHECK" json >check 2>&1 || problem "not JSON" "$(shown check)"
	out '"kind":"'"$kind"'","boot":1,"incident":1}'
	out '"cannot_say":{'
	run faultline report -d judged.db --data tree --fail-on likely
	code 0
	unmake
done

it "its near twin, a root, is the headline, and nothing is missing"
every_incident | cause made-root root incident 'SELECT 1 FROM incident'
judged "$cases/flagship-no-boot-log/console.log"
is "$(ask judged.db "SELECT grade || explains || place FROM v_verdict WHERE cause = 'made-root'")" confirmed11 "grade, explains, place"
is "$(ask judged.db 'SELECT best FROM v_incident')" 1 "best"
is "$(ask judged.db 'SELECT count(*) FROM cannot_say')" 0 "what is missing"
run faultline report -d judged.db --data tree --fail-on likely
code 1
unmake

it "a ruled-out noise is not listed among what does not explain an incident"
every_incident | sed "s/'sure')/'not')/" | cause made-out noise incident 'SELECT 1 FROM incident'
sed -i.old 's/^-- decides   sure .*/-- excludes  not    it is not so/' "$made/made-out.sql"
judged "$cases/flagship-no-boot-log/console.log"
is "$(ask judged.db "SELECT grade FROM v_verdict WHERE cause = 'made-out'")" 'ruled out' grade
run faultline report -d judged.db --data tree
not_out 'made-out'
unmake
