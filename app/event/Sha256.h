// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>

namespace octotrail::event {

/// SHA-256 (FIPS 180-4), by OpenSSL, which uses the processor's own instructions for it.
class Sha256
{
public:
    using Digest = std::array<unsigned char, 32>;

    Sha256();
    Sha256(Sha256 &&) noexcept;
    Sha256 &operator=(Sha256 &&) noexcept;
    ~Sha256();

    void add(std::string_view bytes);
    /// Of all that was added; begins anew.
    Digest finish();

    /// The same for one text; keeps what it needs for the thread's next one.
    static Digest of(std::string_view bytes);
    /// 64 lower-case digits.
    static std::string hex(const Digest &digest);

private:
    struct Context;
    std::unique_ptr<Context> m_context;
};

} // namespace octotrail::event
