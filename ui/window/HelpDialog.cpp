// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/HelpDialog.h"

#include "ui/style/Metrics.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QMenu>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

QString row(const QString &a, const QString &b)
{
    return u"<tr><td style='padding:2px 24px 2px 0'><code>%1</code></td><td style='padding:2px 0'>%2</td></tr>"_s.arg(
        a.toHtmlEscaped(), b.toHtmlEscaped());
}

QString section(const QString &title, const QString &rows)
{
    return u"<h3>%1</h3><table>%2</table>"_s.arg(title.toHtmlEscaped(), rows);
}

} // namespace

HelpDialog::HelpDialog(const QString &name, const QString &title, const QString &html, QWidget *window)
    : QDialog(window)
{
    setObjectName(name);
    setWindowTitle(title);
    setAttribute(Qt::WA_DeleteOnClose);
    resize(84 * metrics::Unit, 68 * metrics::Unit);
    auto *text = new QTextBrowser(this);
    text->setAccessibleName(title);
    text->setOpenLinks(false);
    text->setFrameShape(QFrame::NoFrame);
    text->document()->setDocumentMargin(2 * metrics::Unit);
    text->setHtml(html);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->setContentsMargins(metrics::Unit, metrics::Unit, metrics::Unit, metrics::Unit);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(text, 1);
    layout->addWidget(buttons);
}

void HelpDialog::open(const QString &name, const QString &title, const QString &html, QWidget *window)
{
    auto *dialog = window->findChild<HelpDialog *>(name);
    if (!dialog) {
        dialog = new HelpDialog(name, title, html, window); // deletes itself when it is closed
    }
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
}

void HelpDialog::showFilterLanguage(QWidget *window)
{
    QString html
        = tr("<h2>Filter language</h2><p>It is the filter of Okta's System Log (SCIM, RFC 7644): what you type "
             "here works in Okta, and the reverse. Input that is no expression looks for words: all of them "
             "must occur somewhere in the event; <code>\"quoted words\"</code> are one phrase.</p>");
    html += section(tr("Examples"),
        row(u"outcome.result eq \"FAILURE\""_s, tr("sign-ins and other actions that failed"))
            + row(u"eventType sw \"user.session\" and client.ipAddress sw \"203.0.113.\""_s,
                tr("sessions from a network"))
            + row(u"actor.alternateId eq \"ada@example.com\" and not (severity eq \"INFO\")"_s,
                tr("what one user did that stands out"))
            + row(u"target[type eq \"User\" and alternateId co \"@example.com\"]"_s, tr("one target that is both"))
            + row(u"debugContext.debugData.risk co \"HIGH\""_s, tr("any path of the event can be named")));
    html += section(tr("Operators"),
        row(u"eq, ne"_s, tr("equal, not equal; the case of letters does not matter"))
            + row(u"co, sw, ew"_s, tr("contains, starts with, ends with"))
            + row(u"gt, ge, lt, le"_s, tr("greater, greater or equal, less, less or equal"))
            + row(u"pr"_s, tr("has a value")) + row(u"and, or, not, ( )"_s, tr("and binds closer than or"))
            + row(u"in (\"a\", \"b\")"_s, tr("one of them (not in Okta)"))
            + row(u"re \"^user\\\\.\""_s, tr("a regular expression, RE2 (not in Okta)"))
            + row(u"cidr \"10.0.0.0/8\""_s, tr("an address in that network (not in Okta)")));
    html += u"<h3>%1</h3><p>%2</p>"_s.arg(tr("Keys"),
        tr("Ctrl+L goes to the field, Enter applies, Esc goes back to the table. Ctrl+Space offers what may stand at "
           "the cursor, Up and Down bring back earlier filters."));
    open(u"filterHelp"_s, tr("Filter language"), html, window);
}

void HelpDialog::showShortcuts(const QList<QAction *> &menus, QWidget *window)
{
    QString html = u"<h2>%1</h2>"_s.arg(tr("Keyboard shortcuts"));
    html += section(tr("Event table"),
        row(u"Space"_s, tr("Hold new events back, or follow them again"))
            + row(u"Home, End"_s, tr("First and last event; at the newest, new events are followed"))
            + row(tr("Menu key"), tr("What can be done with the value"))
            + row(tr("Alt+Enter, or a click on the sign at a cell's end"), tr("The page of whom the cell names")));
    html += section(tr("Timeline"),
        row(u"Left, Right, Home, End"_s, tr("Choose a bar; with Shift several"))
            + row(u"Enter"_s, tr("Show the chosen time only")) + row(u"Backspace"_s, tr("Back to the time before")));
    html += section(tr("Fields"),
        row(u"Enter, Shift+Enter"_s, tr("Only events with this value, or without it"))
            + row(u"Alt+Enter"_s, tr("The page of whom the value names"))
            + row(u"Ctrl+Shift+Up, Ctrl+Shift+Down, Del"_s, tr("Move a field, or remove it")));
    html += section(tr("Conditions of the filter as chips"),
        row(u"Enter, !, Space, Del"_s, tr("Edit, negate, switch off, remove")) + row(u"+"_s, tr("Add a condition")));
    for (const QAction *menu : menus) {
        if (!menu->menu()) {
            continue;
        }
        QString rows;
        for (const QAction *action : menu->menu()->actions()) {
            if (!action->shortcut().isEmpty()) {
                rows += row(action->shortcut().toString(QKeySequence::NativeText), action->text().remove(u'&'));
            }
        }
        if (!rows.isEmpty()) {
            html += section(menu->text().remove(u'&'), rows);
        }
    }
    open(u"shortcutHelp"_s, tr("Keyboard shortcuts"), html, window);
}

void HelpDialog::showAbout(QWidget *window)
{
    const QString html = tr("<h2>Octotrail %1</h2><p>Watch, search and judge an Okta organization's audit trail. "
                            "Everything stays on this machine.</p>"
                            "<p>Free software under the GNU General Public License, version 3 or later.</p>"
                            "<p>Okta is a trademark of Okta, Inc.; Octotrail is not made or endorsed by them.</p>")
                             .arg(QStringLiteral(OCTOTRAIL_VERSION));
    open(u"about"_s, tr("About Octotrail"), html, window);
}

} // namespace octotrail::ui
