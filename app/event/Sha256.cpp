// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "event/Sha256.h"

#include "event/OpenSsl.h"

#include <new>
#include <openssl/evp.h>

namespace octotrail::event {

namespace {

/// Fetched once: looking it up costs more than a short text's digest.
const EVP_MD *algorithm()
{
    static const EVP_MD *const sha256 = [] {
        keepOpenSsl(); // for programs that did not call it
        return EVP_MD_fetch(nullptr, "SHA256", nullptr);
    }();
    return sha256 ? sha256 : EVP_sha256();
}

} // namespace

struct Sha256::Context
{
    EVP_MD_CTX *handle = EVP_MD_CTX_new();

    Context()
    {
        if (!handle || EVP_DigestInit_ex(handle, algorithm(), nullptr) != 1) {
            throw std::bad_alloc(); // nothing else can go wrong there
        }
    }
    Context(const Context &) = delete;
    Context &operator=(const Context &) = delete;
    ~Context() { EVP_MD_CTX_free(handle); }
};

Sha256::Sha256()
    : m_context(std::make_unique<Context>())
{ }

Sha256::Sha256(Sha256 &&) noexcept = default;
Sha256 &Sha256::operator=(Sha256 &&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes)
{
    EVP_DigestUpdate(m_context->handle, bytes.data(), bytes.size());
}

Sha256::Digest Sha256::finish()
{
    Digest digest{};
    EVP_DigestFinal_ex(m_context->handle, digest.data(), nullptr);
    EVP_DigestInit_ex(m_context->handle, algorithm(), nullptr);
    return digest;
}

Sha256::Digest Sha256::of(std::string_view bytes)
{
    thread_local Sha256 hash;
    hash.add(bytes);
    return hash.finish();
}

std::string Sha256::hex(const Digest &digest)
{
    constexpr std::string_view digits = "0123456789abcdef";
    constexpr unsigned bits = 4;
    std::string text;
    text.reserve(digest.size() * 2);
    for (const unsigned char byte : digest) {
        text += digits[byte >> bits];
        text += digits[byte & 15U];
    }
    return text;
}

} // namespace octotrail::event
