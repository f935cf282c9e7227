// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <string_view>

namespace octotrail::event {

/// What an event of this type tells, as an English sentence; empty for types that the catalogue does not have. Okta
/// adds types with every release. Any thread.
QString eventTypeDescription(std::string_view eventType);

/// The types that have a description, by name. Any thread.
QStringList describedEventTypes();

} // namespace octotrail::event
