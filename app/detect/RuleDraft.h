// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/Rule.h"
#include "event/Result.h"

#include <QByteArray>
#include <QString>

namespace octotrail::detect {

/// A rule as its author writes it: Sigma's YAML, or Python with the YAML that Panther's format has beside it. It need
/// not be right.
struct RuleDraft
{
    Rule::Format format = Rule::Format::Sigma;
    QString yaml;
    QString python; ///< of Format::Panther; empty for a rule of YAML alone

    /// As the case keeps it.
    QByteArray toBytes() const;
    static event::Result<RuleDraft> fromBytes(const QByteArray &bytes);

    /// What the rule calls itself, also while its YAML cannot be read; empty if it does not.
    QString title() const;
    /// A name for its files, made of the title: letters, digits, hyphens.
    QString fileName() const;

    /// The same with ids that no other rule has: a copy is a rule of its own. Its title says that it is a copy.
    RuleDraft copy() const;
    /// The same with ids of its own, as a template becomes a rule.
    RuleDraft withNewIds() const;

    bool operator==(const RuleDraft &) const = default;
};

/// The draft that these files hold: *.yml, and the Python file that it names. Waits for the disk.
event::Result<RuleDraft> readDraft(const QString &file);
/// Writes the draft's files into the folder, under names that are not there yet; gives the .yml. Waits for the disk.
event::Result<QString> writeDraft(const RuleDraft &draft, const QString &folder);
/// Writes a draft as this .yml, and its Python beside it, in place of what is there. Waits for the disk.
event::Status writeDraftAs(const RuleDraft &draft, const QString &file);

} // namespace octotrail::detect
