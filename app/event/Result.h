// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <tl/expected.hpp>
#include <utility>

namespace octotrail::event {

/// What went wrong, as far as a caller may want to act on it.
enum class ErrorKind {
    InvalidInput, ///< what the user gave cannot be used
    Unauthorized, ///< 401: the credential is wrong, expired or revoked
    Forbidden, ///< 403: the credential is good but not allowed to do this
    NotFound,
    RateLimited,
    Unavailable, ///< 5xx, or a feature the organization does not have
    Network, ///< no connection, name not found, connection reset
    Tls,
    Timeout,
    Protocol, ///< the other side answered something we cannot accept
    Refused, ///< we declined to do it for safety (origin pinning, TLS, ...)
    Storage, ///< the store cannot be read or written
    DiskFull,
    OutOfMemory, ///< a question needs more memory than it may have
    Locked, ///< another process has the store open
    Corrupt, ///< the file is damaged, or is no Octotrail store
    TooNew, ///< the file was written by a newer Octotrail
    Cancelled,
    Internal,
};

/// An error as a value: a kind to act on, and a sentence that the analyst can act on.
/// Never holds a token.
struct Error
{
    ErrorKind kind = ErrorKind::Internal;
    QString sentence;
    /// Where in the input, 1-based, for errors of text that was typed; 0 if it does not apply.
    int column = 0;

    bool operator==(const Error &) const = default;
};

template <class T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

[[nodiscard]] inline tl::unexpected<Error> failure(ErrorKind kind, QString sentence, int column = 0)
{
    return tl::unexpected<Error>(Error{kind, std::move(sentence), column});
}

} // namespace octotrail::event
