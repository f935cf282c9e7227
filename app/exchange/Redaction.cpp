// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/Redaction.h"

#include "event/Json.h"
#include "event/Text.h"

#include <QObject>
#include <algorithm>
#include <arpa/inet.h>
#include <cctype>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>

namespace octotrail::exchange {

namespace {

constexpr int passphraseRounds = 600'000;
/// The same for all, or a passphrase would not give the same pseudonyms again.
constexpr std::string_view passphraseSalt = "octotrail redaction 1";
/// 48 bits: among a million values there is hardly one pair with the same.
constexpr std::size_t shownBytes = 6;

/// By the value alone, so that it does not depend on where the value stands.
std::string_view labelOf(std::string_view folded)
{
    if (folded.find("://") != std::string_view::npos) {
        return "url";
    }
    if (folded.find('@') != std::string_view::npos) {
        return "user";
    }
    if (isAddress(folded)) {
        return "ip";
    }
    return isOktaId(folded) ? "id" : "name";
}

constexpr std::array known{
    RedactableField{"actor.alternateId", QT_TRANSLATE_NOOP("Redaction", "Actor's login")},
    RedactableField{"actor.displayName", QT_TRANSLATE_NOOP("Redaction", "Actor's name")},
    RedactableField{"actor.id", QT_TRANSLATE_NOOP("Redaction", "Actor's ID")},
    RedactableField{"actor.detailEntry", QT_TRANSLATE_NOOP("Redaction", "More about the actor")},
    RedactableField{"target.alternateId", QT_TRANSLATE_NOOP("Redaction", "Targets' logins")},
    RedactableField{"target.displayName", QT_TRANSLATE_NOOP("Redaction", "Targets' names")},
    RedactableField{"target.id", QT_TRANSLATE_NOOP("Redaction", "Targets' IDs")},
    RedactableField{"client.ipAddress", QT_TRANSLATE_NOOP("Redaction", "Client's address")},
    RedactableField{"request.ipChain.ip", QT_TRANSLATE_NOOP("Redaction", "Addresses on the way")},
    RedactableField{"device.id", QT_TRANSLATE_NOOP("Redaction", "Device's ID")},
    RedactableField{"device.name", QT_TRANSLATE_NOOP("Redaction", "Device's name")},
    RedactableField{"debugContext.debugData", QT_TRANSLATE_NOOP("Redaction", "Debug data, all of it")},
    RedactableField{"authenticationContext.externalSessionId", QT_TRANSLATE_NOOP("Redaction", "Session")},
    RedactableField{"authenticationContext.rootSessionId", QT_TRANSLATE_NOOP("Redaction", "Root session")},
    RedactableField{"client.geographicalContext", QT_TRANSLATE_NOOP("Redaction", "Client's place"), false},
    RedactableField{"client.userAgent.rawUserAgent", QT_TRANSLATE_NOOP("Redaction", "User agent"), false},
    RedactableField{"client.zone", QT_TRANSLATE_NOOP("Redaction", "Network zone"), false},
    RedactableField{"securityContext", QT_TRANSLATE_NOOP("Redaction", "Network: provider and domain"), false},
    RedactableField{"transaction.id", QT_TRANSLATE_NOOP("Redaction", "Transaction"), false},
    RedactableField{"displayMessage", QT_TRANSLATE_NOOP("Redaction", "Message"), false},
    RedactableField{"outcome.reason", QT_TRANSLATE_NOOP("Redaction", "Reason of the outcome"), false},
    RedactableField{"source", QT_TRANSLATE_NOOP("Redaction", "Name of the source"), false},
};

} // namespace

bool isAddress(std::string_view text)
{
    if (text.size() >= INET6_ADDRSTRLEN
        || text.find_first_not_of("0123456789abcdefABCDEF.:") != std::string_view::npos) {
        return false;
    }
    const std::string terminated(text);
    std::array<unsigned char, sizeof(in6_addr)> address{};
    return inet_pton(AF_INET, terminated.c_str(), address.data()) == 1
        || inet_pton(AF_INET6, terminated.c_str(), address.data()) == 1;
}

bool isOktaId(std::string_view value)
{
    constexpr std::size_t length = 20;
    return value.size() == length && value.front() == '0'
        && std::ranges::all_of(value, [](unsigned char c) { return std::isalnum(c) != 0; });
}

RedactionKey RedactionKey::random()
{
    RedactionKey key;
    if (RAND_bytes(key.m_bytes.data(), static_cast<int>(key.m_bytes.size())) != 1) {
        qFatal("There is no source of randomness.");
    }
    return key;
}

event::Result<RedactionKey> RedactionKey::fromPassphrase(std::string_view passphrase)
{
    if (passphrase.size() < shortestPassphrase) {
        return event::failure(event::ErrorKind::InvalidInput,
            QObject::tr("The passphrase for the pseudonyms is too short: %1 characters are the least, or whoever gets "
                        "the export could find it by trying.")
                .arg(shortestPassphrase));
    }
    RedactionKey key;
    if (PKCS5_PBKDF2_HMAC(passphrase.data(), static_cast<int>(passphrase.size()),
            reinterpret_cast<const unsigned char *>(passphraseSalt.data()), static_cast<int>(passphraseSalt.size()),
            passphraseRounds, EVP_sha256(), static_cast<int>(key.m_bytes.size()), key.m_bytes.data())
        != 1) {
        return event::failure(event::ErrorKind::Internal, QObject::tr("The key for the pseudonyms could not be made."));
    }
    return key;
}

std::string RedactionKey::pseudonym(std::string_view value) const
{
    return Pseudonyms(*this).of(value);
}

Pseudonyms::Pseudonyms(const RedactionKey &key)
{
    EVP_MAC *hmac = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
    m_context = EVP_MAC_CTX_new(hmac);
    EVP_MAC_free(hmac);
    std::string digest = "SHA256";
    const std::array parameters{OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), digest.size()),
        OSSL_PARAM_construct_end()};
    EVP_MAC_init(m_context, key.m_bytes.data(), key.m_bytes.size(), parameters.data());
}

Pseudonyms::~Pseudonyms()
{
    EVP_MAC_CTX_free(m_context);
}

std::string Pseudonyms::of(std::string_view value)
{
    const std::string folded = event::foldCase(value);
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    std::size_t length = 0;
    // Without a key it begins anew with the one that it has.
    EVP_MAC_init(m_context, nullptr, 0, nullptr);
    EVP_MAC_update(m_context, reinterpret_cast<const unsigned char *>(folded.data()), folded.size());
    EVP_MAC_final(m_context, digest.data(), &length, digest.size());
    std::string text(labelOf(folded));
    text += '-';
    constexpr std::string_view digits = "0123456789abcdef";
    for (std::size_t i = 0; i < shownBytes; ++i) {
        text += digits[digest[i] >> 4U];
        text += digits[digest[i] & 0xfU];
    }
    return text;
}

std::span<const RedactableField> redactableFields()
{
    return known;
}

std::vector<std::string> suggestedRedaction()
{
    std::vector<std::string> paths;
    for (const RedactableField &field : known) {
        if (field.isSuggested) {
            paths.emplace_back(field.path);
        }
    }
    return paths;
}

event::Status checkRedactedFields(const std::vector<std::string> &fields)
{
    if (fields.empty()) {
        return event::failure(
            event::ErrorKind::InvalidInput, QObject::tr("Name at least one field that is to be redacted."));
    }
    for (const std::string &field : fields) {
        const QString name = QString::fromStdString(field);
        const event::FieldPath path(field);
        if (!path.isValid()) {
            return event::failure(event::ErrorKind::InvalidInput,
                QObject::tr("\"%1\" is no field: write a path such as actor.alternateId.").arg(name));
        }
        const std::string folded = event::foldCase(field);
        if (folded == "published" || folded == "uuid" || folded == "eventtype") {
            return event::failure(event::ErrorKind::InvalidInput,
                QObject::tr("%1 cannot be redacted: without it, it is no event any more.").arg(name));
        }
        if (folded.starts_with("annotation.") || folded.find(".profile.") != std::string::npos) {
            return event::failure(event::ErrorKind::InvalidInput,
                QObject::tr("%1 is no field of the event itself. In notes, what is redacted elsewhere is replaced by "
                            "itself; profiles are not exported when something is redacted.")
                    .arg(name));
        }
    }
    return {};
}

} // namespace octotrail::exchange
