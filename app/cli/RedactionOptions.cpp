// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/RedactionOptions.h"

#include <QByteArray>
#include <QObject>

namespace octotrail::cli {

void RedactionOptions::declare(CLI::App &options)
{
    auto *fields
        = options
              .add_option("--redact", m_fields,
                  "Fields to pseudonymise, such as actor.alternateId,client.ipAddress; suggested for those that "
                  "usually say who somebody is")
              ->delimiter(',')
              ->type_name("A,B,C");
    options
        .add_option("--redact-key-env", m_keyVariable,
            "The environment variable with a passphrase: the same one gives the same pseudonyms again. Without it they "
            "are new each time")
        ->type_name("VAR")
        ->needs(fields);
}

event::Result<std::optional<exchange::Redaction>> RedactionOptions::redaction() const
{
    if (m_fields.empty()) {
        return std::optional<exchange::Redaction>{};
    }
    std::vector<std::string> fields;
    for (const std::string &field : m_fields) {
        if (field == "suggested") {
            const auto suggested = exchange::suggestedRedaction();
            fields.insert(fields.end(), suggested.begin(), suggested.end());
        } else {
            fields.push_back(field);
        }
    }
    if (const auto checked = exchange::checkRedactedFields(fields); !checked) {
        return tl::unexpected(checked.error());
    }
    if (m_keyVariable.empty()) {
        return std::optional(exchange::Redaction{std::move(fields), exchange::RedactionKey::random()});
    }
    const QByteArray passphrase = qgetenv(m_keyVariable.c_str()).trimmed();
    qunsetenv(m_keyVariable.c_str());
    if (passphrase.isEmpty()) {
        return event::failure(event::ErrorKind::InvalidInput,
            QObject::tr("--redact-key-env: the environment variable is empty or not set."));
    }
    const auto key = exchange::RedactionKey::fromPassphrase(passphrase.toStdString());
    if (!key) {
        return tl::unexpected(key.error());
    }
    return std::optional(exchange::Redaction{std::move(fields), *key});
}

} // namespace octotrail::cli
