# "-- when SELECT ...": what a guard lets out could not have had a result.  Without any guard, every case says the same.

# The tree's data, without the lines of guards.
mkdir -p "$T/tree/parsers"
cp -r "$root/schema" "$T/tree/schema"
cp -r "$root/parsers/messages" "$T/tree/parsers/messages"
cp "$root"/parsers/*.tsv "$T/tree/parsers/"
chmod -R u+w "$T/tree"

it "settling, analysis and every cause have guards, and they can be taken out"
grep -rl '^-- when ' "$T/tree/schema" >"$T/guarded"
for folder in settle analysis causes; do
	grep -q "/schema/$folder/" "$T/guarded" || problem "no guard in schema/$folder"
done
for file in "$T/tree/schema/causes"/*.sql; do
	grep -q '^-- when ' "$file" || problem "${file##*/} has no 'when'"
done
# Without an incident nobody may have asked what was observed: that guard stays.
grep -v '/70-cannot-say.sql$' "$T/guarded" | while IFS= read -r file; do
	sed '/^-- when /d' "$file" >"$T/without"
	cp "$T/without" "$file"
done
run faultline --data "$T/tree" check
code 0
out ': 0 problems'

for folder in "$root"/tests/cases/* "$root"/samples/*; do
	[ -f "$folder/CASE" ] && ! lacks "$folder" || continue
	it "${folder##*/}: the same without guards"
	cd "$folder" || continue
	set --
	for file in *; do
		[ "$file" = CASE ] || set -- "$@" "$file"
	done
	run faultline -q -f json "$@"
	code 0
	cp "$T/out" "$T/with"
	run faultline -q -f json --data "$T/tree" "$@"
	code 0
	same "$T/with" "$T/out" "a guard lets out what has a result"
done
cd "$root" || exit 1

it "a guard that is no SELECT of ours is told with its file"
printf '%s\n' '-- when SELECT 1 FROM nowhere' 'DELETE FROM incident;' >>"$T/tree/schema/analysis/05-ends.sql"
run faultline --data "$T/tree" check
code 2
err 'schema/analysis/05-ends.sql'
err 'no such table: nowhere'

it "what stands behind a guard is checked, though an empty database has no row for it"
cp "$root/schema/analysis/05-ends.sql" "$T/tree/schema/analysis/05-ends.sql"
chmod u+w "$T/tree/schema/analysis/05-ends.sql"
printf '%s\n' 'DELETE FROM elsewhere;' >>"$T/tree/schema/analysis/05-ends.sql"
run faultline --data "$T/tree" check
code 2
err 'no such table: elsewhere'
