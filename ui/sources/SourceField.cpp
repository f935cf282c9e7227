// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/SourceField.h"

#include <QObject>

namespace octotrail::ui {

using event::ErrorKind;
using okta::CheckStep;

namespace {

bool isAboutTheCredential(ErrorKind kind)
{
    return kind == ErrorKind::Unauthorized || kind == ErrorKind::Forbidden;
}

bool passesByItself(ErrorKind kind)
{
    return kind == ErrorKind::RateLimited || kind == ErrorKind::Timeout || kind == ErrorKind::Unavailable
        || kind == ErrorKind::Cancelled;
}

SourceField credentialOf(const store::SourceConfig &source)
{
    return source.authentication == store::SourceConfig::Authentication::ServiceApp ? SourceField::App
                                                                                    : SourceField::Token;
}

} // namespace

std::optional<SourceField> fieldToMend(const CheckStep &step, const store::SourceConfig &source)
{
    const SourceField credential = credentialOf(source);
    if (step.state != CheckStep::State::Failed && step.state != CheckStep::State::Warning) {
        return std::nullopt;
    }
    switch (step.id) {
    case CheckStep::Id::Organization:
        return passesByItself(step.kind) ? std::nullopt : std::optional(SourceField::Organization);
    case CheckStep::Id::SystemLog:
        if (isAboutTheCredential(step.kind)) {
            return credential;
        }
        if (step.kind == ErrorKind::InvalidInput && !source.filter.isEmpty()) {
            return SourceField::Filter;
        }
        return passesByItself(step.kind) ? std::nullopt : std::optional(SourceField::Organization);
    case CheckStep::Id::Users:
        if (isAboutTheCredential(step.kind)) {
            return credential;
        }
        return passesByItself(step.kind) ? std::nullopt : std::optional(SourceField::Users);
    case CheckStep::Id::Devices:
        // An organization without the feature is not mended by waiting: the way out is to do without devices.
        return step.kind == ErrorKind::Unauthorized ? credential : SourceField::Devices;
    }
    return std::nullopt;
}

std::optional<SourceField> fieldToMend(const collect::SourceStatus &status, const store::SourceConfig &source)
{
    if (status.state != collect::State::NeedsAttention) {
        return std::nullopt;
    }
    switch (status.kind) {
    case ErrorKind::InvalidInput:
        return SourceField::Filter;
    case ErrorKind::NotFound:
    case ErrorKind::Protocol:
    case ErrorKind::Refused:
    case ErrorKind::Tls:
    case ErrorKind::Network:
        return SourceField::Organization;
    default:
        return credentialOf(source);
    }
}

QString mendText(SourceField field)
{
    switch (field) {
    case SourceField::Name:
        return QObject::tr("Change the name");
    case SourceField::Organization:
        return QObject::tr("Change the organization");
    case SourceField::Token:
        return QObject::tr("Change the API token");
    case SourceField::App:
        return QObject::tr("Change the service app");
    case SourceField::LogTypes:
        return QObject::tr("Change the log types");
    case SourceField::Filter:
        return QObject::tr("Change the filter");
    case SourceField::Users:
        return QObject::tr("Change user profiles");
    case SourceField::Devices:
        return QObject::tr("Change device profiles");
    }
    return {};
}

} // namespace octotrail::ui
