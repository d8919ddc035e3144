#define _GNU_SOURCE
#include "CDatagrams.h"

_Static_assert(sizeof(struct datagram_message) == sizeof(struct mmsghdr), "the same as the system's");

int datagrams_send(int socket, struct datagram_message *messages, unsigned int count, int flags) {
    return sendmmsg(socket, (struct mmsghdr *)messages, count, flags);
}
