// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "okta/ConnectionCheck.h"
#include "store/Records.h"

#include <QByteArray>
#include <optional>

namespace octotrail::ui {

/// A source while it is being set up: what the steps of the form read and write.
struct SourceDraft
{
    store::SourceConfig config;
    store::SourceConfig saved; ///< as it is stored; of a new source, the defaults
    QByteArray secret; ///< the API token or private key as entered; empty: the kept one stays
    std::optional<QByteArray> proxyPassword; ///< as entered; nothing: the kept one stays
    /// What the organization said of itself, if it was asked and answered.
    std::optional<okta::OrganizationInfo> organization;

    bool isNew() const { return config.id == 0; }
};

} // namespace octotrail::ui
