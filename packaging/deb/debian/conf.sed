# What the package decides: where things are.
s|^#store = .*|store = /var/lib/step-server|
s|^#accounts = .*|accounts = /etc/step-server/accounts|
s|^#tls-certificate = .*|tls-certificate = /etc/step-server/tls-certificate.pem|
s|^#tls-key = .*|tls-key = /etc/step-server/tls-key.pem|
s|^#metrics = .*|metrics = 127.0.0.1:9379|
s|^#control-socket = .*|control-socket = /run/step-server/control|
/^store = /i\
# Elsewhere than below /var/lib/step-server, systemd has to permit it, too: "systemctl edit step-server", and there\
# [Service] and ReadWritePaths=/the/folder.
