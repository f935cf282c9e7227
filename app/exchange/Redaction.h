// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

struct evp_mac_ctx_st; // of OpenSSL

namespace octotrail::exchange {

/// The key of pseudonyms: with the same key the same value has the same pseudonym, in any field, format and export.
/// Whoever has it can tell whether a pseudonym stands for a value that they think of, so it is not shared. Held in
/// memory alone.
class RedactionKey
{
public:
    /// A new one that nobody knows.
    static RedactionKey random();
    /// One that a passphrase gives, by PBKDF2: always the same. InvalidInput if it is too short to keep a secret.
    static event::Result<RedactionKey> fromPassphrase(std::string_view passphrase);
    static constexpr std::size_t shortestPassphrase = 12;

    /// "user-3f9a2c41d07b": a word for what the value looks like, and the beginning of its HMAC-SHA-256. Values that
    /// differ in case alone are one.
    std::string pseudonym(std::string_view value) const;

private:
    friend class Pseudonyms;
    RedactionKey() = default;
    std::array<unsigned char, 32> m_bytes{};
};

/// Many pseudonyms of one key: what is to be reckoned of the key alone is reckoned once. For one thread.
class Pseudonyms
{
public:
    explicit Pseudonyms(const RedactionKey &key);
    ~Pseudonyms();
    Pseudonyms(const Pseudonyms &) = delete;
    Pseudonyms &operator=(const Pseudonyms &) = delete;

    /// As RedactionKey::pseudonym() has it.
    std::string of(std::string_view value);

private:
    evp_mac_ctx_st *m_context = nullptr;
};

/// What is to be pseudonymised.
struct Redaction
{
    /// Paths such as actor.alternateId, client or debugContext.debugData: all values below them.
    std::vector<std::string> fields;
    RedactionKey key;
};

/// An IPv4 or IPv6 address, and nothing else.
bool isAddress(std::string_view text);
/// As Okta makes them: 20 letters and digits, of which the first is a 0.
bool isOktaId(std::string_view text);

/// Fields that usually say who somebody is, with a word on each; those of them that a redaction begins with.
struct RedactableField
{
    std::string_view path;
    std::string_view caption;
    bool isSuggested = true;
};
std::span<const RedactableField> redactableFields();

/// The suggested ones.
std::vector<std::string> suggestedRedaction();

/// InvalidInput with a sentence for a path that cannot be redacted: none at all, or what an event needs to be one.
event::Status checkRedactedFields(const std::vector<std::string> &fields);

} // namespace octotrail::exchange
