/*
 * Logged-in clients in numbers, as cheap as they can be made, so that the server is what is measured.
 *
 *   load put|get PORT CLIENTS BLOCK_BYTES BLOCKS WINDOW SECONDS [FILES]
 *
 * Each client is a thread with one connection. It stores files of BLOCKS blocks (the last one's answer has to carry the
 * right MD5) and deletes them, or fetches all blocks of one it has stored, with WINDOW requests under way. A new file is
 * begun until SECONDS are over, or until FILES were moved if that is given; every file that is begun is finished. Open
 * login: client N is the user loadN. Prints one JSON object: for each client the bytes of its files, and when it was done.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static const char SOURCE[] = "source";
enum { JSON_BYTES = 8192, MD5_TEXT = 33, MAX_CLIENTS = 1024 };

struct reader {
    char *bytes;
    size_t start, end, size;
};

struct client {
    int number, connection;
    struct reader reader;
    char token[1024];
    char answer[JSON_BYTES];
    int files;
    double seconds;      /* from the common start to the end of its last file */
    double longest_wait; /* seconds between a request and its answer */
};

static int port, clients, block_bytes, blocks, window, putting, files_wanted;
static double seconds;
static char *block;
static char file_md5[MD5_TEXT];
static pthread_barrier_t start_line;
static double started;

static void die(const char *what) {
    fprintf(stderr, "load: %s\n", what);
    exit(1);
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static void md5_text(char *text, const char *bytes, size_t length, int times) {
    EVP_MD_CTX *md5 = EVP_MD_CTX_new();
    unsigned char digest[EVP_MAX_MD_SIZE];
    EVP_DigestInit_ex(md5, EVP_md5(), NULL);
    for (int i = 0; i < times; i++) {
        EVP_DigestUpdate(md5, bytes, length);
    }
    EVP_DigestFinal_ex(md5, digest, NULL);
    for (int i = 0; i < 16; i++) {
        sprintf(text + 2 * i, "%02x", digest[i]);
    }
    EVP_MD_CTX_free(md5);
}

static void send_request(struct client *client, const char *json, const char *binary, size_t length) {
    uint32_t lengths[2] = {htonl(strlen(json)), htonl(length)};
    struct iovec parts[3] = {
        {lengths, sizeof lengths}, {(char *)json, strlen(json)}, {(char *)binary, length}};
    int first = 0;
    while (first < 3) {
        ssize_t sent = writev(client->connection, parts + first, 3 - first);
        if (sent < 0) {
            die("the server closed the connection");
        }
        while (first < 3 && (size_t)sent >= parts[first].iov_len) {
            sent -= parts[first++].iov_len;
        }
        if (first < 3) {
            parts[first].iov_base = (char *)parts[first].iov_base + sent;
            parts[first].iov_len -= sent;
        }
    }
}

static char *read_bytes(struct client *client, size_t count) {
    struct reader *reader = &client->reader;
    if (reader->end - reader->start < count) {
        memmove(reader->bytes, reader->bytes + reader->start, reader->end - reader->start);
        reader->end -= reader->start;
        reader->start = 0;
    }
    while (reader->end - reader->start < count) {
        ssize_t arrived = read(client->connection, reader->bytes + reader->end, reader->size - reader->end);
        if (arrived <= 0) {
            die("the server closed the connection");
        }
        reader->end += arrived;
    }
    char *bytes = reader->bytes + reader->start;
    reader->start += count;
    return bytes;
}

/* Reads one answer; its JSON is in client->answer. Returns the length of its binary part. */
static size_t read_answer(struct client *client) {
    uint32_t lengths[2];
    memcpy(lengths, read_bytes(client, sizeof lengths), sizeof lengths);
    size_t json = ntohl(lengths[0]);
    size_t binary = ntohl(lengths[1]);
    if (json >= JSON_BYTES) {
        die("an answer is longer than expected");
    }
    memcpy(client->answer, read_bytes(client, json), json);
    client->answer[json] = 0;
    read_bytes(client, binary);
    if (strstr(client->answer, "\"status\":200") == NULL) {
        die(client->answer);
    }
    return binary;
}

static void ask(struct client *client, const char *json) {
    send_request(client, json, NULL, 0);
    read_answer(client);
}

static void text_field(const char *json, const char *name, char *value, size_t size) {
    char start[64];
    snprintf(start, sizeof start, "\"%s\":\"", name);
    const char *from = strstr(json, start);
    if (from == NULL) {
        die(json);
    }
    from += strlen(start);
    size_t length = strcspn(from, "\"");
    if (length >= size) {
        die("a field is longer than expected");
    }
    memcpy(value, from, length);
    value[length] = 0;
}

static void log_in(struct client *client) {
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons(port)};
    int one = 1;
    client->connection = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(client->connection, (struct sockaddr *)&address, sizeof address) != 0) {
        die("cannot connect");
    }
    setsockopt(client->connection, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    client->reader.size = 2 * (block_bytes + JSON_BYTES);
    client->reader.bytes = malloc(client->reader.size);
    char user[16];
    char password[MD5_TEXT];
    char json[JSON_BYTES];
    snprintf(user, sizeof user, "load%d", client->number);
    md5_text(password, user, strlen(user), 1);
    snprintf(json, sizeof json,
             "{\"operation\":\"LOGIN\",\"direction\":\"REQUEST\",\"type\":\"AUTH\",\"username\":\"%s\",\"password\":\"%s\"}",
             user, password);
    ask(client, json);
    text_field(client->answer, "token", client->token, sizeof client->token);
}

static void file_request(struct client *client, char *json, const char *operation, const char *key, const char *more) {
    snprintf(json, JSON_BYTES,
             "{\"operation\":\"%s\",\"direction\":\"REQUEST\",\"type\":\"FILE\",\"token\":\"%s\",\"key\":\"%s\"%s}",
             operation, client->token, key, more);
}

static void send_block(struct client *client, const char *key, int index) {
    char json[JSON_BYTES];
    char more[96];
    snprintf(more, sizeof more, ",\"block_index\":%d", index);
    file_request(client, json, "UPLOAD", key, more);
    send_request(client, json, block, block_bytes);
}

static void request_block(struct client *client, const char *key, int index) {
    char json[JSON_BYTES];
    char more[96];
    snprintf(more, sizeof more, ",\"block_index\":%d,\"block_size\":%d", index, block_bytes);
    file_request(client, json, "DOWNLOAD", key, more);
    send_request(client, json, NULL, 0);
}

/* Moves all blocks of a file. */
static void move_blocks(struct client *client, const char *key) {
    double *sent_at = malloc(window * sizeof *sent_at);
    int asked = 0;
    for (int answered = 0; answered < blocks; answered++) {
        while (asked < blocks && asked - answered < window) {
            sent_at[asked % window] = now();
            (putting ? send_block : request_block)(client, key, asked++);
        }
        read_answer(client);
        double wait = now() - sent_at[answered % window];
        client->longest_wait = wait > client->longest_wait ? wait : client->longest_wait;
    }
    if (putting) {
        char md5[64];
        text_field(client->answer, "md5", md5, sizeof md5);
        if (strcmp(md5, file_md5) != 0) {
            die("the server's MD5 is wrong");
        }
    }
    free(sent_at);
}

static void announce(struct client *client, const char *key) {
    char json[JSON_BYTES];
    char more[96];
    snprintf(more, sizeof more, ",\"size\":%lld,\"block_size\":%d", (long long)block_bytes * blocks, block_bytes);
    file_request(client, json, "SAVE", key, more);
    ask(client, json);
}

/* Also of what is not complete: the answer to that is 404, which is right. */
static void discard(struct client *client, const char *key) {
    char json[JSON_BYTES];
    file_request(client, json, "DELETE", key, "");
    send_request(client, json, NULL, 0);
    uint32_t lengths[2];
    memcpy(lengths, read_bytes(client, sizeof lengths), sizeof lengths);
    read_bytes(client, ntohl(lengths[0]) + ntohl(lengths[1]));
}

/* Stores the file that is fetched again and again. */
static void store_source(struct client *client) {
    discard(client, SOURCE);
    announce(client, SOURCE);
    for (int i = 0; i < blocks; i++) {
        send_block(client, SOURCE, i);
        read_answer(client);
    }
}

static int goes_on(struct client *client) {
    return files_wanted ? client->files < files_wanted : now() - started < seconds;
}

static void *serve(void *argument) {
    struct client *client = argument;
    log_in(client);
    if (!putting) {
        store_source(client);
    }
    if (pthread_barrier_wait(&start_line) == PTHREAD_BARRIER_SERIAL_THREAD) {
        started = now();
    }
    pthread_barrier_wait(&start_line);
    while (goes_on(client)) {
        if (putting) {
            char key[64];
            snprintf(key, sizeof key, "file-%d", client->files);
            announce(client, key);
            move_blocks(client, key);
            if (!files_wanted) {
                discard(client, key);
            }
        } else {
            move_blocks(client, SOURCE);
        }
        client->files++;
    }
    client->seconds = now() - started;
    return NULL;
}

int main(int count, char **words) {
    if (count != 8 && count != 9) {
        fputs("usage: load put|get PORT CLIENTS BLOCK_BYTES BLOCKS WINDOW SECONDS [FILES]\n", stderr);
        return 2;
    }
    putting = strcmp(words[1], "put") == 0;
    port = atoi(words[2]);
    clients = atoi(words[3]);
    block_bytes = atoi(words[4]);
    blocks = atoi(words[5]);
    window = atoi(words[6]);
    seconds = atof(words[7]);
    files_wanted = count == 9 ? atoi(words[8]) : 0;
    if (clients < 1 || clients > MAX_CLIENTS || window < 1) {
        die("CLIENTS is 1 to 1024, WINDOW at least 1");
    }
    block = malloc(block_bytes);
    for (int i = 0; i < block_bytes; i++) {
        block[i] = (char)(i * 131 + i / 251);
    }
    md5_text(file_md5, block, block_bytes, blocks);
    pthread_barrier_init(&start_line, NULL, clients);
    struct client *all = calloc(clients, sizeof *all);
    pthread_t *threads = calloc(clients, sizeof *threads);
    for (int i = 0; i < clients; i++) {
        all[i].number = i;
        if (pthread_create(&threads[i], NULL, serve, &all[i]) != 0) {
            die("cannot start a thread");
        }
    }
    for (int i = 0; i < clients; i++) {
        pthread_join(threads[i], NULL);
    }
    printf("{\"clients\": [");
    for (int i = 0; i < clients; i++) {
        printf("%s{\"bytes\": %lld, \"seconds\": %.6f, \"longest_wait\": %.6f}", i ? ", " : "",
               (long long)block_bytes * blocks * all[i].files, all[i].seconds, all[i].longest_wait);
    }
    puts("]}");
    return 0;
}
