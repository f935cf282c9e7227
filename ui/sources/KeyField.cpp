// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/KeyField.h"

#include "jose/Key.h"
#include "ui/sources/StatusIcon.h"
#include "ui/sources/ToneLabel.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/WhenFinished.h"

#include <QApplication>
#include <QClipboard>
#include <QDragEnterEvent>
#include <QFile>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>
#include <QPushButton>
#include <QtConcurrent>

namespace octotrail::ui {

namespace {

constexpr qint64 largestFile = 64 * 1024;

event::Result<QByteArray> contentOf(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly)) {
        return event::failure(
            event::ErrorKind::InvalidInput, QObject::tr("The file cannot be read: %1.").arg(file.errorString()));
    }
    return file.read(largestFile);
}

QString fileOf(const QMimeData *data)
{
    const QList<QUrl> urls = data->urls();
    return urls.size() == 1 && urls.first().isLocalFile() ? urls.first().toLocalFile() : QString();
}

} // namespace

KeyField::KeyField(QWidget *parent)
    : QFrame(parent)
    , m_icon(new StatusIcon(this))
    , m_text(new ToneLabel(this, Tone::Muted))
    , m_choose(new QPushButton(tr("Choose &file…"), this))
    , m_paste(new QPushButton(tr("&Paste"), this))
    , m_clear(new QPushButton(tr("&Remove"), this))
{
    setAcceptDrops(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Private key"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_choose->setObjectName(QStringLiteral("chooseKey"));
    m_paste->setObjectName(QStringLiteral("pasteKey"));
    m_paste->setToolTip(tr("Take the private key from the clipboard"));
    m_clear->setObjectName(QStringLiteral("removeKey"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, metrics::Unit, metrics::Unit, metrics::Unit);
    row->setSpacing(metrics::Unit);
    row->addWidget(m_icon, 0, Qt::AlignVCenter);
    row->addWidget(m_text, 1);
    row->addWidget(m_choose);
    row->addWidget(m_paste);
    row->addWidget(m_clear);
    connect(m_choose, &QPushButton::clicked, this, &KeyField::choose);
    connect(m_paste, &QPushButton::clicked, this, &KeyField::paste);
    connect(m_clear, &QPushButton::clicked, this, &KeyField::clear);
    updateLook();
}

KeyField::~KeyField()
{
    m_key.fill('\0');
}

void KeyField::setKey(const QByteArray &key)
{
    if (key.isEmpty()) {
        if (!m_key.isEmpty()) {
            clear();
        }
    } else if (key != m_key) {
        take(key);
    }
}

void KeyField::setKept(bool kept)
{
    m_isKept = kept;
    updateLook();
}

void KeyField::take(const QByteArray &text)
{
    ++m_readings;
    const auto key = jose::Key::readPrivate(text);
    if (!key) {
        fail(key.error().sentence);
        return;
    }
    m_key = text.trimmed();
    m_keyId = key->keyId();
    m_problem.clear();
    const QString kind = key->type() == jose::Key::Type::Rsa ? tr("RSA key") : tr("EC key (P-256)");
    m_summary = m_keyId.isEmpty() ? tr("%1, thumbprint %2…").arg(kind, QString::fromLatin1(key->thumbprint().left(12)))
                                  : tr("%1, key ID %2").arg(kind, singleLine(m_keyId, 60));
    updateLook();
    Q_EMIT changed();
}

void KeyField::takeFile(const QString &name)
{
    const int reading = ++m_readings;
    whenFinished(QtConcurrent::run(&contentOf, name), this, [this, reading](const event::Result<QByteArray> &content) {
        if (reading != m_readings) {
            return;
        }
        if (content) {
            take(*content);
        } else {
            fail(content.error().sentence);
        }
    });
}

void KeyField::fail(const QString &problem)
{
    m_key.fill('\0');
    m_key.clear();
    m_keyId.clear();
    m_problem = problem;
    updateLook();
    Q_EMIT changed();
}

void KeyField::clear()
{
    ++m_readings;
    fail({});
    setFocus(Qt::OtherFocusReason);
}

void KeyField::choose()
{
    auto *dialog = new QFileDialog(this, tr("Choose the private key"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Keys (*.pem *.key *.jwk *.json *.p8)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &KeyField::takeFile);
    dialog->open();
}

void KeyField::paste()
{
    const QMimeData *content = QApplication::clipboard()->mimeData();
    if (const QString file = fileOf(content); !file.isEmpty()) {
        takeFile(file);
    } else {
        take(content->text().toUtf8());
    }
}

void KeyField::dragEnterEvent(QDragEnterEvent *event)
{
    if (!fileOf(event->mimeData()).isEmpty() || event->mimeData()->hasText()) {
        event->acceptProposedAction();
        m_isDragged = true;
        update();
    }
}

void KeyField::dragLeaveEvent(QDragLeaveEvent *)
{
    m_isDragged = false;
    update();
}

void KeyField::dropEvent(QDropEvent *event)
{
    m_isDragged = false;
    const QString file = fileOf(event->mimeData());
    if (file.isEmpty()) {
        take(event->mimeData()->text().toUtf8());
    } else {
        takeFile(file);
    }
    event->acceptProposedAction();
    update();
}

void KeyField::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Paste)) {
        paste();
    } else if ((event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace) && !m_key.isEmpty()) {
        clear();
    } else {
        QFrame::keyPressEvent(event);
    }
}

void KeyField::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool isMarked = m_isDragged || hasFocus();
    QPen pen(isMarked ? palette().color(QPalette::Highlight) : lineColor(palette()));
    pen.setStyle(m_key.isEmpty() ? Qt::DashLine : Qt::SolidLine);
    painter.setPen(pen);
    painter.setBrush(m_isDragged ? toneBackground(Tone::Accent, palette()) : QColor(Qt::transparent));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), metrics::Radius, metrics::Radius);
}

void KeyField::updateLook()
{
    const bool has = !m_key.isEmpty();
    if (has) {
        m_icon->setIcon(u"check", Tone::Good);
        m_text->setTone(Tone::Plain);
        m_text->setText(m_summary);
    } else {
        m_icon->setIcon(u"import", Tone::Muted);
        m_text->setTone(Tone::Muted);
        m_text->setText(m_isKept ? tr("Kept. Drop a file here to replace it.") : tr("Drop the key's file here."));
    }
    m_clear->setVisible(has);
    m_choose->setVisible(!has);
    m_paste->setVisible(!has);
    setAccessibleDescription(m_text->text());
    update();
}

} // namespace octotrail::ui
