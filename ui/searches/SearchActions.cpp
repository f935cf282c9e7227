// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/searches/SearchActions.h"

#include "filter/OktaDialect.h"
#include "okta/SearchLink.h"
#include "store/SearchSql.h"
#include "ui/events/FilterBar.h"
#include "ui/events/SourceChoice.h"
#include "ui/searches/SaveSearchDialog.h"
#include "ui/searches/SearchesDialog.h"
#include "ui/style/Icons.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/WhenFinished.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <algorithm>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

struct Translated
{
    okta::LogSearch search;
    QStringList leftOut;
};

Translated translate(const store::EventQuery &query)
{
    Translated result;
    const filter::OktaFilter filter = filter::toOkta(query.expression);
    result.search.filter = QString::fromStdString(filter.text);
    for (const std::string &term : filter.leftOut) {
        result.leftOut << QString::fromStdString(term);
    }
    QStringList words;
    for (const std::string &word : query.words) {
        words << QString::fromStdString(word);
    }
    result.search.words = words.join(u' ');
    result.search.range = query.range;
    return result;
}

} // namespace

SearchActions::SearchActions(std::shared_ptr<store::Store> store, FilterBar *bar, QWidget *parent)
    : QObject(parent)
    , m_store(std::move(store))
    , m_bar(bar)
    , m_window(parent)
    , m_searches(m_store)
    , m_save(new QAction(icon(u"searches"), tr("&Save search\u2026"), this))
    , m_open(new QAction(icon(u"search"), tr("&Saved searches\u2026"), this))
    , m_copy(new QMenu(tr("&Copy search as"), parent))
    , m_buttonMenu(new QMenu(parent))
{
    m_save->setShortcut(QKeySequence(u"Ctrl+S"_s));
    m_open->setShortcut(QKeySequence(u"Ctrl+J"_s));
    // Of the events alone: the rule editor saves with the same keys.
    for (QAction *action : {m_save, m_open}) {
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        parent->addAction(action);
    }
    connect(m_save, &QAction::triggered, this, &SearchActions::askToSave);
    connect(m_open, &QAction::triggered, this, &SearchActions::showSearches);
    m_copy->setIcon(icon(u"copy"));
    connect(m_copy, &QMenu::aboutToShow, this, &SearchActions::fillCopyMenu);
    fillCopyMenu();
    m_buttonMenu->setObjectName(u"savedSearchesMenu"_s);
    connect(m_buttonMenu, &QMenu::aboutToShow, this, &SearchActions::fillButton);
    fillButton();
    m_bar->setSearchesMenu(m_buttonMenu);
    connect(&m_searches, &SavedSearches::done, this, [this](const QString &sentence) {
        if (!m_window->findChild<SearchesDialog *>()) { // there it is told
            Q_EMIT told(sentence, false);
        }
    });
    connect(
        &m_searches, &SavedSearches::failed, this, [this](const QString &sentence) { Q_EMIT told(sentence, true); });
}

void SearchActions::setSources(const std::vector<store::SourceConfig> &sources)
{
    m_sources = sources;
    m_searches.setSources(sources);
}

void SearchActions::fillButton()
{
    m_buttonMenu->clear();
    m_buttonMenu->addAction(m_save);
    m_buttonMenu->addAction(m_open);
    m_buttonMenu->addMenu(m_copy);
    m_buttonMenu->addSeparator();
    QHash<QString, QMenu *> folders;
    constexpr std::size_t most = 60; ///< more are found in the list
    for (const SavedSearch &search : m_searches.all()) {
        QMenu *&menu = folders[search.document.folder];
        if (!menu && search.document.folder.isEmpty()) {
            menu = m_buttonMenu;
        } else if (!menu) {
            menu = m_buttonMenu->addMenu(icon(u"archive"), actionText(singleLine(search.document.folder, 60)));
        }
        if (static_cast<std::size_t>(menu->actions().size()) < most) {
            QAction *action = menu->addAction(actionText(singleLine(search.document.name, 60)));
            connect(action, &QAction::triggered, this, [this, id = search.document.id] { openSearch(id); });
        }
    }
    if (m_searches.all().empty()) {
        m_buttonMenu->addAction(tr("No search is saved yet"))->setEnabled(false);
    }
}

void SearchActions::fillCopyMenu()
{
    m_copy->clear();
    const std::vector<store::SourceId> chosen = m_bar->sources()->chosen();
    std::vector<store::SourceConfig> asked;
    std::ranges::copy_if(m_sources, std::back_inserter(asked), [&](const store::SourceConfig &source) {
        return source.collects && (chosen.empty() || std::ranges::find(chosen, source.id) != chosen.end());
    });
    for (const store::SourceConfig &source : asked) {
        const QString name = asked.size() > 1 ? u" \u2013 "_s + actionText(singleLine(source.name, 40)) : QString();
        connect(m_copy->addAction(tr("&Okta System Log URL") + name), &QAction::triggered, this,
            [this, source] { copyConsoleUrl(source); });
        connect(m_copy->addAction(tr("Okta API &curl command") + name), &QAction::triggered, this,
            [this, source] { copyCurl(source); });
    }
    if (asked.empty()) {
        m_copy->addAction(tr("Okta System Log URL: no source is connected"))->setEnabled(false);
    }
    connect(m_copy->addAction(tr("&SQL")), &QAction::triggered, this, &SearchActions::copySql);
}

void SearchActions::openSearch(const QString &id)
{
    const SavedSearch *search = m_searches.find(id);
    if (!search) {
        return;
    }
    m_current = id;
    Q_EMIT opened();
    m_bar->setState(search->state);
    if (!search->problem.isEmpty()) {
        Q_EMIT told(search->problem, true);
    }
}

void SearchActions::askToSave()
{
    auto *dialog
        = new SaveSearchDialog(m_searches, m_bar->state(), m_bar->timeDisplay(), m_current, m_window->window());
    connect(dialog, &SaveSearchDialog::saved, this, [this](const QString &id) { m_current = id; });
    dialog->open();
}

SearchesDialog *SearchActions::showSearches()
{
    auto *dialog = m_window->window()->findChild<SearchesDialog *>();
    if (!dialog) {
        dialog = new SearchesDialog(m_searches, m_bar->timeDisplay(), m_window->window());
        connect(dialog, &SearchesDialog::openRequested, this, &SearchActions::openSearch);
        connect(dialog, &SearchesDialog::overwriteRequested, this, [this](const QString &id) {
            if (const SavedSearch *search = m_searches.find(id)) {
                m_searches.save(search->document.folder, search->document.name, m_bar->state());
            }
        });
        dialog->select(m_current);
        dialog->show();
    }
    dialog->raise();
    dialog->activateWindow();
    return dialog;
}

void SearchActions::copy(const QString &text, const QString &what, const QStringList &leftOut, const QString &why)
{
    QGuiApplication::clipboard()->setText(text);
    QStringList shown;
    for (const QString &each : leftOut.first(std::min<qsizetype>(leftOut.size(), 5))) {
        shown << singleLine(each, 120);
    }
    if (leftOut.size() > shown.size()) {
        shown << tr("%1 more").arg(leftOut.size() - shown.size());
    }
    Q_EMIT told(leftOut.isEmpty() ? tr("%1 was copied.").arg(what)
                                  : tr("%1 was copied. Left out, because %2: %3").arg(what, why, shown.join(u"; "_s)),
        !leftOut.isEmpty());
}

void SearchActions::copyConsoleUrl(const store::SourceConfig &source)
{
    const Translated translated = translate(m_bar->query());
    const auto url
        = okta::consoleUrl(source.origin, translated.search, QString::fromLatin1(m_bar->timeDisplay().timeZone().id()));
    if (!url) {
        Q_EMIT told(url.error().sentence, true);
        return;
    }
    copy(url->toString(QUrl::FullyEncoded), tr("The address"), translated.leftOut, tr("Okta does not understand it"));
}

void SearchActions::copyCurl(const store::SourceConfig &source)
{
    const Translated translated = translate(m_bar->query());
    copy(okta::curlCommand(source.origin, translated.search), tr("The command"), translated.leftOut,
        tr("Okta does not understand it"));
}

void SearchActions::copySql()
{
    whenFinished(store::searchSql(*m_store, m_bar->query()), this, [this](const event::Result<store::SearchSql> &sql) {
        if (!sql) {
            Q_EMIT told(sql.error().sentence, true);
            return;
        }
        copy(sql->text, tr("The SQL"), sql->leftOut, tr("no column decides it"));
    });
}

} // namespace octotrail::ui
