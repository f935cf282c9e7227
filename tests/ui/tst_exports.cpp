// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Dialogs.h"
#include "WindowDriver.h"
#include "exchange/Manifest.h"
#include "exchange/ManifestCheck.h"
#include "exchange/ReportExport.h"
#include "ui/cases/RedactionPane.h"
#include "ui/transfer/ExportDialog.h"
#include "ui/widgets/Banner.h"
#include "ui/window/TransferArea.h"

#include <QCheckBox>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <functional>
#include <utility>

using namespace octotrail;
using namespace octotrail::tests;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;

namespace {

QString message(WindowDriver &driver)
{
    const auto *banner = driver.window().findChild<Banner *>(u"banner-transfer"_s);
    return banner ? banner->text() : QString();
}

} // namespace

/// What leaves a case as a report or redacted, asked for in the window.
class ExportsTest : public QObject
{
    Q_OBJECT

private:
    QString path(const QString &name) const { return m_folder.filePath(name); }

    /// Asks for an export, lets it happen while the dialogs are open, and gives what the dialog offered and the file.
    std::pair<QString, QByteArray> exported(WindowDriver &driver, const std::function<void()> &meanwhile)
    {
        QSignalSpy finished(driver.window().transfers(), &TransferArea::finished);
        driver.shortcut(Qt::Key_E, Qt::ControlModifier);
        auto *ask = dialog<ExportDialog>();
        if (!ask) {
            return {};
        }
        const auto labels = ask->findChildren<QLabel *>();
        const auto offered = std::ranges::find_if(
            labels, [](const QLabel *label) { return label->isVisible() && label->text().contains(u" events"_s); });
        const QString offer = offered == labels.end() ? QString() : (*offered)->text();
        meanwhile();
        ask->accept();
        const QString name = path(u"shown.ndjson"_s);
        QFile::remove(name); // or the file dialog asks
        chooseFile(name);
        const bool isDone = QTest::qWaitFor([&] { return finished.size() == 1; }, patience);
        return {offer, isDone ? contents(name) : QByteArray()};
    }

    /// What the table shows, in its order.
    static QByteArray shown(CaseFile &file, WindowDriver &driver)
    {
        const SeqList &rows = driver.events().model().result().rows();
        QByteArray lines;
        for (const store::Seq seq : rows.slice(0, rows.size() - 1)) {
            lines += QByteArray::fromStdString(file.store()->event(seq).result()->event.bytes()) + '\n';
        }
        return lines;
    }

    QTemporaryDir m_folder;

private Q_SLOTS:
    void initTestCase()
    {
        QCoreApplication::setOrganizationName(u"Octotrail"_s);
        QCoreApplication::setApplicationName(u"tst_exports"_s);
    }
    void init() { QSettings().clear(); }

    void exportsChosenEventsAsAReport();
    void tellsFirstThatAPdfIsTooLong();
    void redactsAnExport();
    void asksForAPassphrase();
    void exportsWhatAPausedTableShows();
    void exportsWhatWasFoundUntilItWasCancelled();
};

void ExportsTest::exportsWhatAPausedTableShows()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(driver.apply(u"outcome.result eq \"FAILURE\""_s));
    QVERIFY(driver.finds(20));
    const EventResult &result = driver.events().model().result();
    // As the table shows them that follows what arrives, too.
    file.append(sampleEvents(100, 119));
    QVERIFY(driver.finds(24));
    const QByteArray before = shown(file, driver);
    const auto live = exported(driver, [&] {
        file.append(sampleEvents(120, 139));
        QVERIFY(driver.finds(28));
    });
    QCOMPARE(live.first, u"24 events that match the filter"_s);
    QCOMPARE(live.second, before);
    QVERIFY2(message(driver).contains(u"Exported 24 events"_s), qPrintable(message(driver)));
    // Paused: what waits is not among them, and neither is what comes now.
    driver.table().setPaused(true);
    file.append(sampleEvents(140, 159));
    QTRY_COMPARE_WITH_TIMEOUT(result.heldCount(), 4, patience);
    const auto paused = exported(driver, [&] {
        file.append(sampleEvents(160, 179));
        QTRY_COMPARE_WITH_TIMEOUT(result.heldCount(), 8, patience);
    });
    QCOMPARE(paused.first, u"28 events that match the filter"_s);
    QCOMPARE(paused.second, shown(file, driver));
    QCOMPARE(paused.second.count('\n'), 28);
    // Its manifest says which, so that it agrees with the case.
    const QString manifest = exchange::manifestFileFor(path(u"shown.ndjson"_s));
    auto check = exchange::checkManifest(manifest, {}, {});
    QVERIFY(check);
    QVERIFY(exchange::compareWithCase(*check, file.store(), {}));
    QCOMPARE(check->problems, QStringList());
    QCOMPARE(check->unchecked, QStringList());
    driver.table().follow();
    QVERIFY(driver.finds(36));
}

void ExportsTest::exportsWhatWasFoundUntilItWasCancelled()
{
    CaseFile file;
    file.append(sampleEvents(0, 4999));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    const EventResult &result = driver.events().model().result();
    QVERIFY(driver.cancels(u"* co \"example\""_s));
    const qint64 found = result.rows().size();
    QVERIFY(found > 0 && found < 5000);
    const auto [offer, bytes] = exported(driver, [] {});
    QCOMPARE(offer, u"%1 events that were found until the search was cancelled"_s.arg(QLocale().toString(found)));
    QCOMPARE(bytes, shown(file, driver));
}

void ExportsTest::exportsChosenEventsAsAReport()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    EventTable *table = &driver.table();
    table->selectRow(2);
    table->selectionModel()->select(
        table->model()->index(4, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    driver.shortcut(Qt::Key_E, Qt::ControlModifier);
    auto *ask = dialog<ExportDialog>();
    QVERIFY(ask);
    auto *chosen = ask->findChild<QRadioButton *>(u"chosenEvents"_s);
    QVERIFY(chosen);
    QCOMPARE(chosen->text(), u"The 2 chosen events"_s);
    chosen->click();
    auto *title = ask->findChild<QLineEdit *>(u"reportTitle"_s);
    QVERIFY(!title->isEnabled());
    ask->setFormat(exchange::Format::Html);
    QVERIFY(title->isEnabled());
    title->setText(u"Incident 7"_s);
    ask->findChild<QPlainTextEdit *>(u"reportRemarks"_s)->setPlainText(u"Two sign-ins."_s);
    QVERIFY(ask->findChild<QCheckBox *>(u"manifest"_s)->isChecked());
    QSignalSpy finished(driver.window().transfers(), &TransferArea::finished);
    ask->accept();
    chooseFile(path(u"report.html"_s));
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patience);
    QVERIFY2(message(driver).contains(u"Exported 2 events"_s), qPrintable(message(driver)));
    const QByteArray html = contents(path(u"report.html"_s));
    QCOMPARE(html.count("<section"), 2);
    QVERIFY(html.contains("Incident 7"));
    QVERIFY(html.contains("chosen events"));
    QVERIFY(html.contains("08:01:37.000"));
    QVERIFY(html.contains("08:01:35.000"));
    const QJsonObject manifest = QJsonDocument::fromJson(contents(path(u"report.html.manifest.json"_s))).object();
    QCOMPARE(manifest[u"events"_s].toInt(), 2);
    QCOMPARE(manifest[u"format"_s].toString(), u"html"_s);
    // The same in another form is not typed again.
    driver.shortcut(Qt::Key_E, Qt::ControlModifier);
    ask = dialog<ExportDialog>();
    QVERIFY(ask);
    QCOMPARE(ask->options().report.title, u"Incident 7"_s);
    QCOMPARE(ask->options().report.remarks, u"Two sign-ins."_s);
}

void ExportsTest::tellsFirstThatAPdfIsTooLong()
{
    CaseFile file;
    file.append(sampleEvents(0, exchange::mostPdfEvents));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.table().selectRow(2);
    driver.table().selectionModel()->select(
        driver.table().model()->index(4, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    driver.shortcut(Qt::Key_E, Qt::ControlModifier);
    auto *ask = dialog<ExportDialog>();
    QVERIFY(ask);
    auto *told = ask->findChild<QLabel *>(u"reportTooLong"_s);
    const auto buttons = ask->findChildren<QPushButton *>();
    const auto go = std::ranges::find_if(buttons, [](auto *button) { return button->isDefault(); });
    QVERIFY(go != buttons.end());
    QVERIFY(!told->isVisible());
    ask->setFormat(exchange::Format::Pdf);
    QVERIFY(told->isVisible());
    QVERIFY2(told->text().contains(QLocale().toString(exchange::mostPdfEvents)), qPrintable(told->text()));
    QVERIFY(!(*go)->isEnabled());
    // Two of them are few enough, and HTML takes all.
    ask->findChild<QRadioButton *>(u"chosenEvents"_s)->click();
    QVERIFY(!told->isVisible() && (*go)->isEnabled());
    ask->findChild<QRadioButton *>(u"allEvents"_s)->click();
    QVERIFY(told->isVisible() && !(*go)->isEnabled());
    ask->setFormat(exchange::Format::Html);
    QVERIFY(!told->isVisible() && (*go)->isEnabled());
}

void ExportsTest::redactsAnExport()
{
    CaseFile file;
    file.append(sampleEvents(0, 19));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    const auto go = [&](const QString &name) {
        QSignalSpy finished(driver.window().transfers(), &TransferArea::finished);
        driver.shortcut(Qt::Key_E, Qt::ControlModifier);
        auto *ask = dialog<ExportDialog>();
        QVERIFY(ask);
        auto *redact = ask->findChild<QCheckBox *>(u"redact"_s);
        auto *pane = ask->findChild<RedactionPane *>();
        QVERIFY(!pane->isVisible());
        redact->click();
        QVERIFY(pane->isVisible());
        auto *fields = pane->findChild<QListWidget *>(u"redactedFields"_s);
        QTRY_VERIFY(fields->height() >= 10 * fields->sizeHintForRow(0));
        QVERIFY(fields->geometry().bottom() < pane->findChild<QLineEdit *>(u"otherField"_s)->geometry().top());
        int checked = 0;
        for (int row = 0; row < fields->count(); ++row) {
            checked += fields->item(row)->checkState() == Qt::Checked ? 1 : 0;
        }
        QVERIFY(checked > 5);
        QTest::keyClicks(pane->findChild<QLineEdit *>(u"otherField"_s), u"client.zone"_s);
        QTest::mouseClick(pane->findChild<QPushButton *>(u"addField"_s), Qt::LeftButton);
        const std::vector<std::string> chosen = pane->choice().fields;
        QVERIFY(std::ranges::find(chosen, "client.zone") != chosen.end());
        ask->accept();
        chooseFile(path(name));
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patience);
    };
    go(u"a.ndjson"_s);
    const QByteArray a = contents(path(u"a.ndjson"_s));
    QCOMPARE(a.count('\n'), 20);
    QVERIFY(!a.contains("ada@example.com"));
    QVERIFY(!a.contains("example.com"));
    QVERIFY(a.contains("\"user-"));
    // Another time, other pseudonyms.
    go(u"b.ndjson"_s);
    QCOMPARE(contents(path(u"b.ndjson"_s)).count('\n'), 20);
    QVERIFY(contents(path(u"b.ndjson"_s)) != a);
}

void ExportsTest::asksForAPassphrase()
{
    ExportDialog ask({u"20 events"_s, 20, 0}, {});
    ask.show();
    QPushButton *go = nullptr;
    for (QPushButton *button : ask.findChildren<QPushButton *>()) {
        if (button->text().remove(u'&') == u"Choose file\u2026"_s) {
            go = button;
        }
    }
    QVERIFY(go && go->isEnabled());
    QVERIFY(!ask.redaction());
    ask.findChild<QCheckBox *>(u"redact"_s)->click();
    QVERIFY(go->isEnabled());
    QVERIFY(ask.redaction()->passphrase.isEmpty());
    ask.findChild<QRadioButton *>(u"passphraseKey"_s)->click();
    QVERIFY(!go->isEnabled());
    auto *problem = ask.findChild<QLabel *>(u"redactionProblem"_s);
    QVERIFY(!problem->text().isEmpty());
    auto *passphrase = ask.findChild<QLineEdit *>(u"redactionPassphrase"_s);
    QCOMPARE(passphrase->echoMode(), QLineEdit::Password);
    QTest::keyClicks(passphrase, u"correct horse"_s);
    QVERIFY(go->isEnabled());
    QVERIFY(problem->text().isEmpty());
    QCOMPARE(ask.redaction()->passphrase, u"correct horse"_s);
    // None is left: there is nothing to redact.
    auto *fields = ask.findChild<QListWidget *>(u"redactedFields"_s);
    for (int row = 0; row < fields->count(); ++row) {
        fields->item(row)->setCheckState(Qt::Unchecked);
    }
    QVERIFY(!go->isEnabled());
    // A passphrase is nowhere in the settings.
    ask.findChild<QCheckBox *>(u"redact"_s)->setChecked(true);
    fields->item(0)->setCheckState(Qt::Checked);
    ask.setAttribute(Qt::WA_DeleteOnClose, false);
    ask.accept();
    QSettings settings;
    for (const QString &key : settings.allKeys()) {
        QVERIFY(!settings.value(key).toString().contains(u"correct horse"_s));
    }
    QCOMPARE(settings.value("export/redact").toStringList().size(), 1);
}

QTEST_MAIN(ExportsTest)
#include "tst_exports.moc"
