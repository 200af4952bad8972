# The server is an administrator's program, and the pages of its commands refer to each other as manual pages do.
s/^= \(.*\)(1)$/= \1(8)/
/^:manmanual:/d
/^:mansource:/d
/^:revnumber:/d
s/^xref:\(.*\)\.adoc\[\(.*\)\]::/\2, see *\1*(8)::/
# AsciiDoc would take these brackets for its own.
s/_HOST\[:PORT\]_/_HOST_[:PORT]/
