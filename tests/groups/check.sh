# What faultline says of its own data files, built in and read from the tree.

it "the built-in catalogue, causes, reports and schema pass their self-tests"
run faultline check
code 0
silent
out ': 0 problems'

it "the tree says the same as what was built in"
cp "$T/out" "$T/built-in"
run faultline --data "$root" check
code 0
silent
same "$T/built-in" "$T/out" "check --data differs"
