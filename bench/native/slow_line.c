/*
 * A slow line between two TUN interfaces: each packet waits its turn at a rate, then travels for a time, or is lost.
 * It stands in for the kernel's netem, which many kernels are built without.
 *
 *   slow_line NAME_A NAME_B DELAY_MS RATE_MBIT LOSS_PERCENT SEED
 *
 * Creates both interfaces, prints "ready", and carries packets until SIGTERM; then prints how many were carried and lost.
 * Delay and rate are per direction; a queue of QUEUE_PACKETS each way, beyond which packets are dropped.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

enum {
    MTU = 1500,
    QUEUE_PACKETS = 16384, /* two full windows of 1 Gbit/s and 100 ms */
    BATCH = 64             /* packets taken from one side before the other gets its turn */
};
static const int64_t NANOS = 1000000000;

struct packet {
    int64_t due;
    int length;
    char bytes[MTU];
};

struct direction {
    int from, to;
    struct packet *queue; /* a ring */
    int first, count;
    int64_t line_free; /* when the last packet has left the sender */
    long carried, lost, dropped;
};

static volatile sig_atomic_t stopped;

static void stop(int signal) {
    (void)signal;
    stopped = 1;
}

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * NANOS + time.tv_nsec;
}

static int open_tun(const char *name) {
    struct ifreq request = {.ifr_flags = IFF_TUN | IFF_NO_PI};
    int tun = open("/dev/net/tun", O_RDWR | O_NONBLOCK);
    strncpy(request.ifr_name, name, IFNAMSIZ - 1);
    if (tun < 0 || ioctl(tun, TUNSETIFF, &request) != 0) {
        perror("/dev/net/tun");
        exit(1);
    }
    return tun;
}

/* Takes what has arrived into the queue. */
static void take(struct direction *way, double nanos_per_byte, int64_t delay, double loss) {
    for (int i = 0; i < BATCH; i++) {
        struct packet *packet = &way->queue[(way->first + way->count) % QUEUE_PACKETS];
        char overflow[MTU];
        int full = way->count == QUEUE_PACKETS;
        int length = read(way->from, full ? overflow : packet->bytes, MTU);
        if (length <= 0) {
            return;
        }
        if (full) {
            way->dropped++;
        } else if (drand48() < loss) {
            way->lost++;
        } else {
            int64_t start = now();
            way->line_free = (way->line_free > start ? way->line_free : start) + (int64_t)(length * nanos_per_byte);
            packet->due = way->line_free + delay;
            packet->length = length;
            way->count++;
        }
    }
}

/* Delivers what is due. */
static void deliver(struct direction *way) {
    int64_t time = now();
    while (way->count > 0 && way->queue[way->first].due <= time) {
        struct packet *packet = &way->queue[way->first];
        if (write(way->to, packet->bytes, packet->length) < 0 && errno == EAGAIN) {
            return;
        }
        way->first = (way->first + 1) % QUEUE_PACKETS;
        way->count--;
        way->carried++;
    }
}

int main(int count, char **words) {
    if (count != 7) {
        fputs("usage: slow_line NAME_A NAME_B DELAY_MS RATE_MBIT LOSS_PERCENT SEED\n", stderr);
        return 2;
    }
    int64_t delay = (int64_t)(atof(words[3]) * 1e6);
    double nanos_per_byte = 8000 / atof(words[4]);
    double loss = atof(words[5]) / 100;
    srand48(atol(words[6]));
    int a = open_tun(words[1]);
    int b = open_tun(words[2]);
    struct direction ways[2] = {{.from = a, .to = b}, {.from = b, .to = a}};
    for (int i = 0; i < 2; i++) {
        ways[i].queue = calloc(QUEUE_PACKETS, sizeof(struct packet));
    }
    signal(SIGTERM, stop);
    prctl(PR_SET_TIMERSLACK, 1); /* the default, 50 us, is four packets' time */
    puts("ready");
    fflush(stdout);
    struct pollfd sides[2] = {{a, POLLIN, 0}, {b, POLLIN, 0}};
    while (!stopped) {
        int64_t wait = NANOS / 10;
        int64_t time = now();
        for (int i = 0; i < 2; i++) {
            if (ways[i].count > 0 && ways[i].queue[ways[i].first].due - time < wait) {
                wait = ways[i].queue[ways[i].first].due - time;
            }
        }
        if (wait > 0) {
            struct timespec pause = {wait / NANOS, wait % NANOS};
            ppoll(sides, 2, &pause, NULL);
        }
        for (int i = 0; i < 2; i++) {
            take(&ways[i], nanos_per_byte, delay, loss);
            deliver(&ways[i]);
        }
    }
    printf("carried %ld %ld lost %ld %ld dropped %ld %ld\n", ways[0].carried, ways[1].carried, ways[0].lost,
           ways[1].lost, ways[0].dropped, ways[1].dropped);
    return 0;
}
