#ifndef C_DATAGRAMS_H
#define C_DATAGRAMS_H

#include <sys/socket.h>

/// `struct mmsghdr` of sendmmsg(2), which the system's headers show to GNU sources only, as Swift does not see them.
struct datagram_message {
    struct msghdr msg_hdr;
    unsigned int msg_len;
};

/// sendmmsg(2).
int datagrams_send(int socket, struct datagram_message *messages, unsigned int count, int flags);

#endif
