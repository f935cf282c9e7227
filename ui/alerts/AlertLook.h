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

/// What a MITRE ATT&CK tag says: "T1110.003" for attack.t1110.003, "Credential Access" for attack.credential_access;
/// another tag as it is.
QString tagText(const QString &tag);

} // namespace octotrail::ui
