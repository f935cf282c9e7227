// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "event/OpenSsl.h"

#include <openssl/crypto.h>

namespace octotrail::event {

void keepOpenSsl()
{
    OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, nullptr);
}

} // namespace octotrail::event
