/*
 * What a verified transfer costs at least: one side reads, hashes and sends a file, the other receives, hashes and writes
 * it, over one TCP connection and without any protocol. One thread a side, as the two halves of a copy are.
 *
 *   limit receive FILE HASHES    listens on a free port of the loopback, prints it, takes one file, prints its MD5
 *   limit send PORT FILE HASHES  sends FILE there, prints its MD5
 *
 * HASHES is 1, or 0 for the side that does not hash: then "-" is printed for the MD5.
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BUFFER_BYTES = 256 * 1024 };

static char buffer[BUFFER_BYTES];

static void die(const char *what) {
    perror(what);
    exit(1);
}

static void write_all(int to, const char *bytes, ssize_t count) {
    while (count > 0) {
        ssize_t written = write(to, bytes, count);
        if (written < 0) {
            die("write");
        }
        bytes += written;
        count -= written;
    }
}

/* Moves everything from one descriptor to the other, and prints the MD5 of it. */
static void copy(int from, int to, int hashes) {
    EVP_MD_CTX *md5 = EVP_MD_CTX_new();
    EVP_DigestInit_ex(md5, EVP_md5(), NULL);
    ssize_t count;
    while ((count = read(from, buffer, BUFFER_BYTES)) > 0) {
        if (hashes) {
            EVP_DigestUpdate(md5, buffer, count);
        }
        write_all(to, buffer, count);
    }
    if (count < 0) {
        die("read");
    }
    if (hashes) {
        unsigned char digest[EVP_MAX_MD_SIZE];
        unsigned int length;
        EVP_DigestFinal_ex(md5, digest, &length);
        for (unsigned int i = 0; i < length; i++) {
            printf("%02x", digest[i]);
        }
        puts("");
    } else {
        puts("-");
    }
}

static void receive(const char *path, int hashes) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(listener, (struct sockaddr *)&address, length) != 0 || listen(listener, 1) != 0) {
        die("listen");
    }
    getsockname(listener, (struct sockaddr *)&address, &length);
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    int peer = accept(listener, NULL, NULL);
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (peer < 0 || file < 0) {
        die(path);
    }
    copy(peer, file, hashes);
    if (close(file) != 0) {
        die(path);
    }
}

static void send_file(int port, const char *path, int hashes) {
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons(port)};
    int file = open(path, O_RDONLY);
    int peer = socket(AF_INET, SOCK_STREAM, 0);
    if (file < 0 || connect(peer, (struct sockaddr *)&address, sizeof address) != 0) {
        die(path);
    }
    copy(file, peer, hashes);
}

int main(int count, char **words) {
    if (count == 4 && strcmp(words[1], "receive") == 0) {
        receive(words[2], atoi(words[3]));
    } else if (count == 5 && strcmp(words[1], "send") == 0) {
        send_file(atoi(words[2]), words[3], atoi(words[4]));
    } else {
        fputs("usage: limit receive FILE HASHES | limit send PORT FILE HASHES\n", stderr);
        return 2;
    }
    return 0;
}
