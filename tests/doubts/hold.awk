# What a change must have done: awk -v how=… -v a=… -v b=… -v old=… -v new=… -f hold.awk ARGUED BASE CHANGED     the last two from read.awk; prints problems.
BEGIN { FS = "\t"; split("confirmed likely possible", name, " ") }

# ARGUED: "cause clue  why".
FILENAME == ARGV[1] { split($0, word, " "); argued[word[1] " " word[2]]; next }

function good(g) { return g == "confirmed" || g == "likely" }
function rank(g) { return g == "confirmed" ? 1 : g == "likely" ? 2 : g == "possible" ? 3 : 9 }
function bears(role) { return role == "needs" || role == "decides" }
function said(s) { print cause[s] " " grade[s] ": " }

FILENAME == ARGV[2] {
	if ($1 == "V") was[$3, $4] = !was[$3, $4] || rank($5) < was[$3, $4] ? rank($5) : was[$3, $4]
	next
}

$1 == "V" { nr = $2; cause[nr] = $4; grade[nr] = $5; about[nr] = $3; tfile[nr] = ""; last = nr }

# a. A guest may print what it likes.
how == "guest" && $1 == "V" && $4 != "untrusted-line" { print $4 " " $5 " by lines of a guest" }

# b. What rests on a line of Xen's that dom0 could have printed is not certain.
how == "tty" && $1 == "C" && grade[$2] == "confirmed" && cause[$2] != "untrusted-line" && ($3 == "trigger" || bears($3)) && index($10, "(XEN) ") {
	print cause[$2] " confirmed, " $4 " by a line that dom0 could have printed"
}

$1 == "C" && $3 == "trigger" && tfile[$2] == "" { tfile[$2] = $6; tline[$2] = $7; ttext[$2] = $10 }

# c. Nothing is joined across a start.
how == "cut" && $1 == "C" && $3 != "trigger" && $6 == a && tfile[$2] == a && (tline[$2] < b) != ($7 < b) {
	print cause[$2] " " grade[$2] ": " $3 " " $4 " of line " $7 ", trigger of line " tline[$2] ", a start between"
}

# d. Nor across two machines.
how == "other" && $1 == "C" && $3 != "trigger" && $6 != "" && tfile[$2] != "" && ($6 == "zz-other.log") != (tfile[$2] == "zz-other.log") {
	print cause[$2] " " grade[$2] ": " $3 " " $4 " is another machine's"
}

# e. A release that no table knows is neither hit nor fixed; a vendor's is not certain.
how == "newer" && $1 == "C" && good(grade[$2]) && (bears($3) || $3 == "supports") && $9 ~ /4\.99|99\.1/ {
	print cause[$2] " " grade[$2] ": " $3 " " $4 ": " $9
}
how == "newer" && $1 == "R" && $3 ~ /4\.99|99\.1|release/ { print $2 " ruled out: " $3 }
how == "vendor" && $1 == "C" && grade[$2] == "confirmed" && bears($3) && ($5 == "version" || $9 ~ /-acme7/) {
	print cause[$2] " confirmed: " $3 " " $4 ": " $9
}

# f. What another device did is no clue.
how == "device" && $1 == "C" && $3 != "trigger" && $3 != "caps" && index(ttext[$2], new) && index($10, old) && !index($10, new) {
	print cause[$2] " " grade[$2] ": " $3 " " $4 " of " old ", the trigger is of " new ": " $9
}

# g. What happened an hour away did not happen at the time.
how == "hour" && $1 == "C" && $3 != "trigger" && $3 != "caps" && $5 == "time" && !((cause[$2] " " $4) in argued) && good(grade[$2]) && $6 == a && tfile[$2] == a && (tline[$2] < b) != ($7 < b) {
	print cause[$2] " " grade[$2] ": " $3 " " $4 ", an hour from its trigger: " $9
}

# h. What nobody saw may have been lost: a clue whose words deny something decides nothing behind a gap, except for those in ARGUED.
how == "loss" && $1 == "C" && grade[$2] == "confirmed" && bears($3) && !((cause[$2] " " $4) in argued) &&
$9 ~ /(^| )([Nn]o|none|nothing|never|not|only|nowhere|nobody|all) / {
	print cause[$2] " confirmed: " $3 " " $4 ": " $9
}

# i. What is cut in two and whole is what it was.
how == "torn" && $1 == "V" { if (!(($3, $4) in is) || rank($5) < is[$3, $4]) is[$3, $4] = rank($5) }
END {
	for (v in was)
		if (how == "torn" && was[v] < 3 && is[v] != was[v]) {
			split(v, word, SUBSEP)
			print word[2] " was " name[was[v]] ", and is " (v in is ? name[is[v]] : "not there")
		}
}

# Neither makes anything surer.  (What ruled out may be doubted, too.)  Spared: that no Xen is there is left when more is not known; a register tells the
# violation, and one line that a test feigned it.
BEGIN { spared["native-linux-fault"]; spared["aer-acs-violation"] }
(how == "tty" || how == "loss" || how == "torn" || how == "half") && $1 == "V" && good($5) && $4 != "untrusted-line" && $4 != "events-lost" && !(how == "half" && ($4 in spared)) && (!(($3, $4) in was) || rank($5) < was[$3, $4]) && $5 == "confirmed" { print $4 " rises to " $5 }
