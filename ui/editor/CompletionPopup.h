// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/RuleCompletion.h"

#include <QFrame>

class QTreeWidget;

namespace octotrail::ui {

/// The list of what may be put in at the cursor. It takes no focus: the keys that move in it come from the editor.
class CompletionPopup : public QFrame
{
    Q_OBJECT

public:
    explicit CompletionPopup(QWidget *editor);

    /// Under (or above) the rectangle of the word, in global coordinates.
    void offer(const std::vector<RuleCandidate> &candidates, const QRect &word);
    QStringList texts() const;
    int current() const;
    void move(int rows);

Q_SIGNALS:
    void chosen(int row);

private:
    QTreeWidget *m_list;
};

} // namespace octotrail::ui
