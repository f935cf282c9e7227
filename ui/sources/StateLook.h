// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/SourceStatus.h"
#include "ui/style/Tones.h"

#include <QStringView>

namespace octotrail::ui {

/// How a source's state is shown: always a shape and a word beside the colour.
struct StateLook
{
    QStringView icon;
    Tone tone = Tone::Muted;
    QString word;
};

StateLook stateLook(collect::State state);
/// Of a source that only names imported archives.
StateLook archiveLook();
/// Of one that collects elsewhere, and is only stored here.
StateLook storedLook();

} // namespace octotrail::ui
