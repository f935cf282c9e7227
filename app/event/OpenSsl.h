// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace octotrail::event {

/// OpenSSL takes itself down when the program ends, while a thread that ends last may still give back what it has of
/// it. After this call it leaves that to the system. Only the first of all uses of OpenSSL can tell it so: to be called
/// first in main(). Any thread.
/// https://docs.openssl.org/3.0/man3/OPENSSL_init_crypto/ (OPENSSL_INIT_NO_ATEXIT)
void keepOpenSsl();

} // namespace octotrail::event
