// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/StateLook.h"

#include <QObject>

namespace octotrail::ui {

StateLook stateLook(collect::State state)
{
    switch (state) {
    case collect::State::Idle:
        return {u"circle", Tone::Muted, QObject::tr("Idle")};
    case collect::State::Healthy:
        return {u"check", Tone::Good, QObject::tr("Healthy")};
    case collect::State::CatchingUp:
        return {u"follow", Tone::Accent, QObject::tr("Catching up")};
    case collect::State::WaitingForLimit:
        return {u"limit", Tone::Warning, QObject::tr("Rate limited")};
    case collect::State::Retrying:
        return {u"retry", Tone::Warning, QObject::tr("Retrying")};
    case collect::State::NeedsAttention:
        return {u"error", Tone::Bad, QObject::tr("Needs attention")};
    case collect::State::Paused:
        return {u"pause", Tone::Muted, QObject::tr("Paused")};
    }
    return {};
}

StateLook archiveLook()
{
    return {u"archive", Tone::Muted, QObject::tr("Archive")};
}

StateLook storedLook()
{
    return {u"sources", Tone::Muted, QObject::tr("Stored")};
}

} // namespace octotrail::ui
