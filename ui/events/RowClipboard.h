// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Store.h"
#include "ui/models/RowText.h"

#include <QList>
#include <QString>
#include <QStringList>
#include <unordered_map>

namespace octotrail::ui {

/// Events that are to be copied, and how. A value, for any thread.
struct RowCopy
{
    enum class Form {
        Text, ///< lines of cells with tabs between them
        Csv,
        Markdown, ///< a table of GitHub's
        Json, ///< the events themselves, one a line
    };

    Form form = Form::Text;
    std::vector<store::Seq> seqs;
    RowText text;
    std::vector<std::string> paths; ///< that rows are read with
    QList<int> columns; ///< logical, in the order wanted
    QStringList heads; ///< of the columns
    std::unordered_map<store::Seq, store::Annotation> annotations; ///< if the columns show any
};

/// So many characters are put on a clipboard: other programs have to take them in one piece.
inline constexpr qsizetype mostCopied = 32 * 1024 * 1024;

/// The text of the events; those that are not in the store (any more) are left out. InvalidInput if it would be longer
/// than mostCopied. progress is told the number of events. Waits for the disk.
event::Result<QString> copiedText(store::Store &store, const RowCopy &copy,
    const std::function<void(std::size_t)> &progress, const std::stop_token &stop);

} // namespace octotrail::ui
