// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/AlertRecords.h"
#include "ui/style/Tones.h"

#include <QIcon>
#include <QString>

namespace octotrail::ui {

/// How a severity or a state of alerts is shown: always a shape and a word beside the colour.
struct AlertLook
{
    QStringView iconName;
    Tone tone = Tone::Muted;
    QString word;

    const QIcon &icon() const; ///< made once
};

AlertLook alertLook(store::AlertSeverity severity);
AlertLook alertLook(store::AlertState state);

/// "1 alert", "1,024 alerts".
QString alertCount(std::int64_t count);

/// Whom an alert is about, and how many more did its events: "omar@example.com +3".
QString actorsText(const store::Alert &alert);
/// Who did its events and how many, a line each; as many at most.
QString actorsInFull(const store::Alert &alert, std::size_t most);

/// What a MITRE ATT&CK tag says: "T1110.003" for attack.t1110.003, "Credential Access" for attack.credential_access;
/// another tag as it is.
QString tagText(const QString &tag);

} // namespace octotrail::ui
