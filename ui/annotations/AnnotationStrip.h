// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/annotations/AnnotationBook.h"

#include <QWidget>
#include <optional>

class QLabel;

namespace octotrail::ui {

/// What is noted of one event, where its details are shown. Takes no room if that is nothing.
class AnnotationStrip : public QWidget
{
    Q_OBJECT

public:
    explicit AnnotationStrip(QWidget *parent = nullptr);

    void setBook(const AnnotationBook *book);
    void setSeq(std::optional<store::Seq> seq);

Q_SIGNALS:
    /// The tags were clicked; filter to one of them.
    void tagRequested(const QString &tag);

protected:
    void changeEvent(QEvent *event) override;

private:
    void update();

    const AnnotationBook *m_book = nullptr;
    std::optional<store::Seq> m_seq;
    QLabel *m_icons;
    QLabel *m_tags;
    QLabel *m_note;
};

} // namespace octotrail::ui
